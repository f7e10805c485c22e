-- From when on a capture's finer rows are kept: retention and quotas took what was before. Null = from its start. A range
-- that begins earlier is answered from coarser rows. Undo: drop the columns.

alter table capture
    add column seconds_from timestamptz,
    add column minutes_from timestamptz,
    add column lines_from timestamptz;
