-- What a script printed. Undo: drop the table.

create table console (
    capture_id uuid not null,
    seq bigint not null, -- from 1
    ts timestamptz not null,
    stream text not null,
    line text not null,
    constraint console_pk primary key (capture_id, seq),
    constraint console_capture_fk foreign key (capture_id) references capture (id) on delete cascade,
    constraint console_stream_known check (stream in ('out', 'err'))
);
