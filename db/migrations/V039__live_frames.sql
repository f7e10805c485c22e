-- What became of the intervals that those who watch a capture were to get, cumulative: counted where they are made, and
-- where each of them went. Undo: put back the view of V011, drop the columns.

alter table capture_minute
    add column frames_made bigint not null default 0, -- for every watcher: each interval of each aggregate
    add column frames_told bigint not null default 0, -- sent, merged into a later one, replaced by a snapshot, or waiting
    add column frames_missed bigint not null default 0; -- sent, but not received by the watcher's own count

create or replace view capture_balance as
select
    c.id as capture_id,
    m.ts,
    m.fired - m.hits - m.skipped_no_entry as fired, -- I1, less what could not be remembered at an entry
    m.updates - m.applied as updates, -- I2
    m.events - m.lost_events - m.consumed as events, -- I3 and I4
    m.lost_events + m.lost_keys + m.lost_updates + m.recursion_misses + m.lost_returns + m.malformed
        + m.lines_lost + c.refused as lost,
    (select count(*) from gap g where g.capture_id = c.id) as gaps,
    c.complete,
    c.inexact,
    m.frames_made - m.frames_told as frames -- I10
from capture c
join lateral (select * from capture_minute where capture_id = c.id order by ts desc limit 1) m on true;
