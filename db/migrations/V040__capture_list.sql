-- What a search looks at of every capture is in one index, in the order of the list: it is read once from its begin, and
-- each word is looked up by itself. The text of scripts is there as it is compared. Undo: put back the index of V002, drop the
-- other and the column.

create index capture_list_index on capture (started_at desc, id) include (script_revision_id, host_id, stopped_at);
drop index capture_started_at_index;

alter table script_revision add column searched text generated always as (lower(source)) stored;
