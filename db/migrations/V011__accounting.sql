-- Where every hit, update, event and line went, per capture and minute. All figures are cumulative since
-- the start of the capture, counted twice independently, in the kernel and where they arrive; `capture_balance` compares
-- them. Undo: drop the view and the columns.

alter table capture_minute
    add column fired bigint not null default 0, -- handlers begun: hits + skipped + failed
    add column updates bigint not null default 0, -- values fed to statistics
    add column applied bigint not null default 0, -- values that their series hold
    add column events bigint not null default 0, -- records that handlers wanted to send
    add column consumed bigint not null default 0, -- records read
    add column malformed bigint not null default 0, -- records that could not be understood
    add column lines_read bigint not null default 0, -- lines printed, as they were read
    add column lines_lost bigint not null default 0, -- lines the store could not keep
    add column lost_returns bigint not null default 0; -- returns the kernel does not deliver

alter table capture
    add column owner text not null default '', -- who started it
    add column incarnation text not null default '', -- boot, process and start of the service that ran it
    add column complete boolean, -- null while it runs; true only when nothing is missing and every balance is 0
    add column inexact text[] not null default '{}'; -- why it is not complete

-- Captures of one owner, for quotas.
create index capture_owner_index on capture (owner, started_at);

-- The last balance of each capture: left side minus right side of each invariant, 0 when nothing is unaccounted for.
create view capture_balance as
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
    c.inexact
from capture c
join lateral (select * from capture_minute where capture_id = c.id order by ts desc limit 1) m on true;
