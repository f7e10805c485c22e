-- Rules that watch running captures, and what they found. Undo: drop both tables.

create table alert_rule (
    id bigint generated always as identity,
    name text not null,
    capture_name text not null, -- captures of this name are watched
    aggregate text not null, -- and of them this aggregate's total
    measure text not null, -- 'quantile', or 'rate' in values per second
    quantile double precision, -- of the measure 'quantile'
    threshold double precision not null, -- in the unit of the aggregate, or values per second
    for_seconds int not null, -- how long above it
    webhook text, -- where it is told, on a host that the configuration allows; null: nowhere
    enabled boolean not null default true,
    created_at timestamptz not null default now(),
    constraint alert_rule_pk primary key (id),
    constraint alert_rule_name_unique unique (name),
    constraint alert_rule_measure_known check (measure in ('quantile', 'rate')),
    constraint alert_rule_quantile_given check ((measure = 'quantile') = (quantile is not null)),
    constraint alert_rule_quantile_range check (quantile between 0 and 1),
    constraint alert_rule_for_positive check (for_seconds between 5 and 3600)
);

create table alert (
    id bigint generated always as identity,
    rule_id bigint not null,
    capture_id uuid not null,
    began_at timestamptz not null,
    ended_at timestamptz, -- null while it goes on
    value double precision not null, -- what was measured when it began
    worst double precision not null,
    told text, -- what became of the webhook; null: there is none, or it is under way
    constraint alert_pk primary key (id),
    constraint alert_rule_fk foreign key (rule_id) references alert_rule (id) on delete cascade,
    constraint alert_capture_fk foreign key (capture_id) references capture (id) on delete cascade
);

-- One alert of a rule and a capture goes on at a time.
create unique index alert_open_index on alert (rule_id, capture_id) where ended_at is null;

-- The latest alerts, and those of a capture for its page.
create index alert_began_index on alert (began_at desc);
create index alert_capture_index on alert (capture_id, began_at);
