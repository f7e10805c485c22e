-- Time of a capture that is not in its windows, or only in part: a gap is data, never an absent row. Undo: drop the
-- table.

create table gap (
    capture_id uuid not null,
    from_at timestamptz not null,
    to_at timestamptz not null, -- exclusive
    reason text not null,
    lost bigint, -- rows that are not here; null when nobody can tell
    detail text not null default '',
    constraint gap_pk primary key (capture_id, from_at, reason),
    constraint gap_capture_fk foreign key (capture_id) references capture (id) on delete cascade,
    constraint gap_ordered check (to_at >= from_at),
    constraint gap_reason_known check (reason in (
        'not_observed', -- no window covers it: the reader was late or stopped
        'service_ended', -- the service was killed: what it had not stored yet is not known
        'store_refused', -- the database refuses these rows whenever they come
        'spill_full', -- the database was away and the disk for what waits had no room
        'spill_corrupt', -- rows that waited on disk were damaged there
        'expired' -- retention or a quota took it away
    ))
);
