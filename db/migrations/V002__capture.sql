-- One row per capture, with what its script aggregates. Undo: drop both tables.

create table capture (
    id uuid not null, -- also the id of the run
    script_revision_id bigint not null,
    host_id bigint not null,
    name text not null,
    state text not null,
    arguments text[] not null,
    target_pid int,
    target_command text,
    tags text[] not null,
    interval_ms int not null,
    started_at timestamptz not null, -- the zero of all its minutes and seconds
    stopped_at timestamptz,
    stop_reason text,
    refused bigint not null default 0, -- rows the store could not take; 0 = all that was counted is here
    constraint capture_pk primary key (id),
    constraint capture_script_revision_fk foreign key (script_revision_id) references script_revision (id),
    constraint capture_host_fk foreign key (host_id) references host (id),
    constraint capture_state_known check (state in ('starting', 'running', 'stopping', 'stopped', 'failed')),
    constraint capture_interval_positive check (interval_ms > 0)
);

-- The list of captures, newest first.
create index capture_started_at_index on capture (started_at desc, id);

-- Whether a revision is still used when a capture is deleted.
create index capture_script_revision_index on capture (script_revision_id);

create table aggregate (
    capture_id uuid not null,
    agg int not null, -- id of the global in the script's plan
    name text not null,
    kind text not null,
    key_kinds text[] not null,
    unit text not null,
    line int not null,
    constraint aggregate_pk primary key (capture_id, agg),
    constraint aggregate_capture_fk foreign key (capture_id) references capture (id) on delete cascade,
    constraint aggregate_kind_known check (kind in ('statistic', 'counter'))
);
