-- What is known about each minute of a capture: which seconds were observed, and the counters at its end. A second
-- that was not observed is a gap, not a zero. Undo: drop the table.

create table capture_minute (
    capture_id uuid not null,
    ts timestamptz not null, -- as in h_min
    seq bigint not null,
    seconds_known bigint not null, -- bit s = second s of the minute was observed from within
    hits bigint not null,
    skipped_self bigint not null,
    skipped_no_entry bigint not null,
    lost_events bigint not null,
    lost_keys bigint not null,
    lost_updates bigint not null,
    read_faults bigint not null,
    recursion_misses bigint not null,
    soft_errors bigint not null,
    keys bigint not null,
    key_capacity bigint not null,
    hit_ns bigint not null, -- average cost of a hit
    constraint capture_minute_pk primary key (capture_id, ts),
    constraint capture_minute_capture_fk foreign key (capture_id) references capture (id) on delete cascade
);
