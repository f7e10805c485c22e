-- How long what is kept, and how much of it, per owner. The row of the owner '' holds for everybody without a row of
-- his own, and its quota for all together. Undo: drop the table.

create table retention (
    owner text not null,
    second_days int not null, -- windows of a second
    minute_days int not null,
    hour_days int not null, -- hours and days
    line_days int not null, -- what scripts printed
    quota_bytes bigint not null,
    changed_at timestamptz not null default now(),
    constraint retention_pk primary key (owner),
    constraint retention_days_positive check (
        second_days > 0 and minute_days >= second_days and hour_days >= minute_days and line_days > 0),
    constraint retention_quota_positive check (quota_bytes > 0)
);

insert into retention (owner, second_days, minute_days, hour_days, line_days, quota_bytes)
values ('', 3, 30, 396, 7, 20 * 1024 ^ 3);
