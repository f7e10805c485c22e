-- Returns that were not seen count as lost in the overview, too; they were among the hits missed by recursion.
-- Undo: the view of V007.

create or replace view capture_overview as
select
    c.id,
    c.name,
    c.state,
    c.started_at,
    c.stopped_at,
    c.stop_reason,
    h.name as host,
    h.kernel,
    r.source as script,
    a.name as aggregate,
    a.unit,
    s.n,
    s.sum,
    s.vmin,
    s.vmax,
    m.hits,
    m.lost_events + m.lost_keys + m.lost_updates + m.lost_returns + m.recursion_misses as lost,
    c.refused
from capture c
join script_revision r on r.id = c.script_revision_id
join host h on h.id = c.host_id
left join aggregate a on a.capture_id = c.id
left join series s on s.capture_id = c.id and s.agg = a.agg and s.number = 0
left join lateral (
    select * from capture_minute where capture_id = c.id order by ts desc limit 1
) m on true;
