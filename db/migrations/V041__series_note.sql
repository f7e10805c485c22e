-- What a process did last, beside its label: the query of a PostgreSQL backend. And labels that get better while a capture
-- runs are found by their new words, too. Undo: drop the trigger, its function and the column.

alter table series add column notes text[]; -- one for each key, '' where there is none; null = no key has one

create function keep_new_capture_keys() returns trigger language plpgsql as $$
begin
    insert into capture_key (word, capture_id)
    select distinct left(lower(word), 200), new.capture_id
    from (
        select unnest(new.labels) as word
        union
        select string_to_table(unnest(new.labels), ' ')
    ) words
    where word <> ''
    order by 1 -- one order for all, so that two captures never wait for one another
    on conflict do nothing;
    return null;
end $$;

-- Writing a series again names its labels, mostly without changing them.
create trigger series_labels after update of labels on series
    for each row when (old.labels is distinct from new.labels) execute function keep_new_capture_keys();
