-- Lines that were read together are one row: a burst of a million lines a second is some hundred rows. A row of before is
-- a block of one line. Undo: insert each line of console_line as a row of its own and drop view and column.

alter table console
    add column lines int not null default 1, -- how many lines it holds, seq is the number of the first
    add constraint console_lines_positive check (lines > 0);

-- Texts longer than a quarter of a page are compressed, by lz4 where the server has it: it is several times faster.
do $$
begin
    alter table console alter column line set compression lz4;
exception
    when feature_not_supported then null;
end
$$;

-- Each line by itself.
create view console_line as
select c.capture_id, c.seq + l.at - 1 as seq, c.ts, c.stream, l.line
from console c
cross join lateral unnest(case when c.lines = 1 then array[c.line] else string_to_array(c.line, E'\n') end)
    with ordinality as l (line, at);
