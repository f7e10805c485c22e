-- The handlers of a capture's script with what each was hit by, lost and takes; cumulative like the counters of
-- capture_minute. A wildcard or an alias makes many handlers of one line. Undo: drop the view and the table.

create table capture_probe (
    capture_id uuid not null,
    handler int not null, -- from 0 in the order of the script
    point text not null, -- as pp() gives it
    line int not null, -- of the script, where the body begins; 0 for one of the library
    col int not null,
    hits bigint not null default 0,
    lost bigint not null default 0, -- events, updates and returns that its hits could not deliver
    hit_ns bigint, -- what a hit takes; null = unknown
    estimated boolean not null default false, -- hit_ns is a share of the time of a program with several handlers
    constraint capture_probe_pk primary key (capture_id, handler),
    constraint capture_probe_capture_fk foreign key (capture_id) references capture (id) on delete cascade
);

-- The dearest probes of captures, for people at a psql prompt.
create view probe_overview as
select
    c.name as capture,
    p.capture_id,
    p.point,
    p.line,
    sum(p.hits) as hits,
    sum(p.lost) as lost,
    round(sum(p.hits * p.hit_ns) / nullif(sum(p.hits) filter (where p.hit_ns is not null), 0)) as hit_ns,
    bool_or(p.estimated) as estimated
from capture_probe p
join capture c on c.id = p.capture_id
group by c.name, p.capture_id, p.point, p.line;
