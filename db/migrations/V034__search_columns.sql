-- The runs that searches look words up by, beside the texts: whatever way PostgreSQL takes to a row, they need not be made
-- again. Undo: put back the indexes of V030, drop the columns.

drop index script_revision_search_index;
drop index capture_search_index;

alter table script_revision add column grams text[] generated always as (search_grams(lower(source))) stored;

alter table capture
    add column words text generated always as (capture_words(name, target_command, arguments, tags)) stored,
    add column grams text[]
        generated always as (search_grams(capture_words(name, target_command, arguments, tags))) stored;

-- Words of a search; each word is looked up by its runs and then compared. Captures begin rarely: nothing need be put off.
create index script_revision_search_index on script_revision using gin (grams) with (fastupdate = off);
create index capture_search_index on capture using gin (grams) with (fastupdate = off);
