-- Scripts with their revisions, and the machines captures ran on. Undo: drop the three tables.

create table script (
    id bigint generated always as identity,
    name text not null,
    created_at timestamptz not null default now(),
    constraint script_pk primary key (id),
    constraint script_name_unique unique (name)
);

create table script_revision (
    id bigint generated always as identity,
    script_id bigint not null,
    revision int not null,
    source text not null,
    sha256 text not null,
    created_at timestamptz not null default now(),
    constraint script_revision_pk primary key (id),
    constraint script_revision_script_fk foreign key (script_id) references script (id),
    constraint script_revision_number_unique unique (script_id, revision),
    -- The same text of the same script is one revision: a start looks it up here.
    constraint script_revision_text_unique unique (script_id, sha256),
    constraint script_revision_number_positive check (revision > 0)
);

create table host (
    id bigint generated always as identity,
    name text not null,
    kernel text not null,
    architecture text not null,
    constraint host_pk primary key (id),
    -- A start looks up its machine here; another kernel is another row.
    constraint host_identity_unique unique (name, kernel, architecture)
);
