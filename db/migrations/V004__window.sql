-- Windows: per series a row for each minute, and its seconds as one blob. ts = start of the capture + whole minutes.
-- Both tables are partitioned by day, so that old days go by dropping a table. No foreign key to series: a dropped
-- day must not visit it; CaptureStore deletes by series. Undo: drop both tables and the function.

create table h_min (
    series_id bigint not null,
    ts timestamptz not null,
    seq bigint not null, -- number of the last window in it: an older row never replaces a newer one
    n bigint not null,
    sum bigint not null,
    vmin bigint not null, -- least value, or the lower bound of the lowest bucket when that is all we know
    vmax bigint not null,
    hist bytea, -- statistics.HistogramCodec; null for a counter
    constraint h_min_pk primary key (series_id, ts)
) partition by range (ts);

create table h_1s (
    series_id bigint not null,
    ts timestamptz not null,
    seq bigint not null,
    n bigint not null,
    chunk bytea not null, -- statistics.SecondChunk; a counter's increases stand in bucket 0
    constraint h_1s_pk primary key (series_id, ts)
) partition by range (ts);

-- Blobs are deflated already: PostgreSQL shall not try again.
alter table h_1s alter column chunk set storage external;

-- Rows of a day nobody made a partition for are kept, never refused.
create table h_min_default partition of h_min default;
create table h_1s_default partition of h_1s default;

-- Makes the partitions of a day (UTC) of both tables; harmless when they exist.
create function ensure_partitions(day date) returns void language plpgsql as $$
declare
    parent text;
    child text;
begin
    -- Two services that start together would otherwise deadlock on the parents.
    perform pg_advisory_xact_lock(hashtext('ensure_partitions'));
    foreach parent in array array['h_min', 'h_1s'] loop
        child := parent || '_' || to_char(day, 'YYYYMMDD');
        if to_regclass(child) is null then
            begin
                execute format('create table %I partition of %I for values from (%L) to (%L)', child, parent,
                    day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC');
            exception when check_violation then
                -- The default partition holds rows of this day already: they stay where they are.
                raise warning 'rows of % are in the default partition of %', day, parent;
            end;
        end if;
    end loop;
end $$;
