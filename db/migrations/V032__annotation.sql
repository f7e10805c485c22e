-- Notes on a moment, a span or a part of a heat map of a capture. Undo: drop the table.

create table annotation (
    id bigint generated always as identity,
    capture_id uuid not null,
    agg int, -- null: of the capture as a whole
    from_at timestamptz not null,
    to_at timestamptz not null, -- the same for a moment
    low bigint, -- values it is about; null: all
    high bigint,
    author text not null,
    text text not null,
    created_at timestamptz not null default now(),
    constraint annotation_pk primary key (id),
    constraint annotation_capture_fk foreign key (capture_id) references capture (id) on delete cascade,
    constraint annotation_ordered check (from_at <= to_at and (low is null or high is null or low <= high)),
    constraint annotation_text_length check (length(text) between 1 and 4000)
);

-- The notes of a capture in the order of time.
create index annotation_capture_index on annotation (capture_id, from_at);
