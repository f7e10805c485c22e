-- One aggregate under one key of one facet. Undo: drop the table.

create table series (
    id bigint generated always as identity,
    capture_id uuid not null,
    agg int not null,
    number int not null, -- as in the live stream; 0 = the total of the aggregate
    facet smallint not null, -- 0 full key, 1 total, 2 pid, 3 syscall, 4 tid, 5 cpu, 6 uid, 7 execname
    keys text[] not null,
    key_kinds text[] not null,
    labels text[] not null, -- the keys as people read them
    -- Over the whole capture so far, written as absolute values: an older seq never replaces a newer one.
    seq bigint not null default -1,
    n bigint not null default 0,
    sum bigint not null default 0,
    vmin bigint not null default 0,
    vmax bigint not null default 0,
    hist bytea, -- statistics.HistogramCodec; null for a counter
    constraint series_pk primary key (id),
    constraint series_capture_fk foreign key (capture_id) references capture (id) on delete cascade,
    -- Ranges are asked by this number, and writing looks rows up by it. Keys may be too long for an index.
    constraint series_number_unique unique (capture_id, agg, number),
    constraint series_facet_known check (facet between 0 and 7)
);

-- The largest series of a facet.
create index series_top_index on series (capture_id, agg, facet, n desc);
