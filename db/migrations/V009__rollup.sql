-- Hours and days of a series: the sums of their minutes, so that months are read from a few rows. They begin at the
-- start of the capture plus whole hours or days, as minutes do, and are written when they are over or the capture is.
-- An hour is there for its series if and only if capture_hour has it: what has no row then counted nothing.
-- Partitioned by month. No foreign key to series, as in h_min. Undo: drop the tables and the column, put back
-- ensure_partitions of V004.

create table h_hour (
    series_id bigint not null,
    ts timestamptz not null,
    seq bigint not null, -- the greatest of its minutes
    n bigint not null,
    sum bigint not null,
    vmin bigint not null,
    vmax bigint not null,
    hist bytea, -- statistics.HistogramCodec; null for a counter
    constraint h_hour_pk primary key (series_id, ts)
) partition by range (ts);

create table h_day (
    series_id bigint not null,
    ts timestamptz not null,
    seq bigint not null, -- the greatest of its hours
    n bigint not null,
    sum bigint not null,
    vmin bigint not null,
    vmax bigint not null,
    hist bytea,
    constraint h_day_pk primary key (series_id, ts)
) partition by range (ts);

create table h_hour_default partition of h_hour default;
create table h_day_default partition of h_day default;

-- An hour or a day of a capture that is in h_hour or h_day.
create table capture_hour (
    capture_id uuid not null,
    ts timestamptz not null,
    seq bigint not null, -- the greatest of its minutes when it was added up
    seconds_known int not null, -- how many of its seconds were observed
    minute_bytes bigint not null, -- what its rows take in h_min, h_1s and console
    second_bytes bigint not null,
    line_bytes bigint not null,
    rolled boolean not null default false, -- whether it is in its day
    constraint capture_hour_pk primary key (capture_id, ts),
    constraint capture_hour_capture_fk foreign key (capture_id) references capture (id) on delete cascade
);

create table capture_day (
    capture_id uuid not null,
    ts timestamptz not null,
    seq bigint not null,
    seconds_known int not null,
    constraint capture_day_pk primary key (capture_id, ts),
    constraint capture_day_capture_fk foreign key (capture_id) references capture (id) on delete cascade
);

-- Whether a minute is in its hour; a minute that changes later says so again, and its hour is added up again.
alter table capture_minute add column rolled boolean not null default false;

-- What is to be added up: few rows, whatever the history's length.
create index capture_minute_unrolled_index on capture_minute (capture_id, ts) where not rolled;
create index capture_hour_unrolled_index on capture_hour (capture_id, ts) where not rolled;

-- Makes one partition, harmless when it exists.
create function ensure_partition(parent text, suffix text, from_at timestamptz, to_at timestamptz) returns void
language plpgsql as $$
declare
    child text := parent || '_' || suffix;
begin
    if to_regclass(child) is null then
        begin
            execute format('create table %I partition of %I for values from (%L) to (%L)', child, parent,
                from_at, to_at);
        exception when check_violation then
            -- The default partition holds rows of this time already: they stay where they are.
            raise warning 'rows of % are in the default partition of %', suffix, parent;
        end;
    end if;
end $$;

-- Makes the partitions that rows of a day (UTC) need: of the day for minutes and seconds, of its month for hours, days.
create or replace function ensure_partitions(day date) returns void language plpgsql as $$
declare
    parent text;
    month timestamp := date_trunc('month', day::timestamp);
begin
    -- Two services that start together would otherwise deadlock on the parents.
    perform pg_advisory_xact_lock(hashtext('ensure_partitions'));
    foreach parent in array array['h_min', 'h_1s'] loop
        perform ensure_partition(parent, to_char(day, 'YYYYMMDD'),
            day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC');
    end loop;
    foreach parent in array array['h_hour', 'h_day'] loop
        perform ensure_partition(parent, to_char(month, 'YYYYMM'),
            month at time zone 'UTC', (month + interval '1 month') at time zone 'UTC');
    end loop;
end $$;

-- Drops the partitions that end at a time or before it, and gives their names. The default partition stays.
create function drop_partitions(parent text, before_at timestamptz) returns setof text language plpgsql as $$
declare
    child record;
begin
    perform pg_advisory_xact_lock(hashtext('ensure_partitions'));
    for child in
        select c.relname,
            (regexp_match(pg_get_expr(c.relpartbound, c.oid), 'TO \(''([^'']+)''\)'))[1]::timestamptz as to_at
        from pg_inherits i
        join pg_class c on c.oid = i.inhrelid
        where i.inhparent = to_regclass(parent)
    loop
        if child.to_at <= before_at then
            execute format('drop table %I', child.relname);
            return next child.relname;
        end if;
    end loop;
end $$;
