-- Search of captures by any part of a word of script, name, target, arguments and tags, and by key, without an extension.
-- Undo: drop the trigger, the table, the indexes and the functions.

-- The runs of one, two and three signs of a text: two texts have a part in common only if they share its runs.
-- It costs much, so an index is worth its while.
create function search_grams(searched text) returns text[]
language sql immutable strict parallel safe cost 20000 as $$
    select coalesce(array_agg(distinct gram), '{}')
    from (
        select unnest(array[sign, sign || lead(sign, 1) over w, sign || lead(sign, 1) over w || lead(sign, 2) over w])
            as gram
        from string_to_table(searched, null) with ordinality as signs (sign, place)
        window w as (order by place)
    ) grams
    where gram is not null
$$;

-- The runs to look a word up by: its longest ones, which are the rarest.
create function word_grams(word text) returns text[]
language sql immutable strict parallel safe as $$
    select coalesce(array_agg(gram), '{}')
    from unnest(search_grams(word)) gram
    where length(gram) = least(3, length(word))
$$;

-- What a search looks at besides the script. array_to_string is not immutable for every type; of texts it is.
create function capture_words(name text, target_command text, arguments text[], tags text[]) returns text
language plpgsql immutable parallel safe cost 200 as $$
begin
    return lower(name || ' ' || coalesce(target_command, '') || ' ' || array_to_string(arguments, ' ', '') || ' '
        || array_to_string(tags, ' ', ''));
end $$;

-- Words of a search; each word is looked up by its runs and then compared.
create index script_revision_search_index on script_revision using gin (search_grams(lower(source)));
create index capture_search_index on capture
    using gin (search_grams(capture_words(name, target_command, arguments, tags)));

-- Captures of one tag.
create index capture_tags_index on capture using gin (tags);

-- Captures of one machine.
create index capture_host_index on capture (host_id, started_at desc);

-- The keys a capture counted under, as a search asks for them.
create table capture_key (
    word text collate "C" not null, -- in lower case, at most 200 signs: a key, its label, or a word of the label
    capture_id uuid not null,
    constraint capture_key_pk primary key (word, capture_id),
    constraint capture_key_capture_fk foreign key (capture_id) references capture (id) on delete cascade
);

-- Deleting a capture.
create index capture_key_capture_index on capture_key (capture_id);

create function keep_capture_keys() returns trigger language plpgsql as $$
begin
    insert into capture_key (word, capture_id)
    select distinct left(lower(word), 200), capture_id
    from (
        select unnest(keys) as word, capture_id from added
        union
        select unnest(labels), capture_id from added
        union
        select string_to_table(unnest(labels), ' '), capture_id from added
    ) words
    where word <> ''
    order by 1, 2 -- one order for all, so that two captures never wait for one another
    on conflict do nothing;
    return null;
end $$;

-- Of an upsert only the rows that are new come here.
create trigger series_keys after insert on series
    referencing new table as added
    for each statement execute function keep_capture_keys();

insert into capture_key (word, capture_id)
select distinct left(lower(word), 200), capture_id
from (
    select unnest(keys) as word, capture_id from series
    union
    select unnest(labels), capture_id from series
    union
    select string_to_table(unnest(labels), ' '), capture_id from series
) words
where word <> '';
