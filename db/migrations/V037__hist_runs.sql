-- Histograms whose buckets lie side by side are stored as runs, version 2; others, and those stored before, as pairs,
-- version 1. Undo: store each one of version 2 anew as pairs, and the function of V008.

-- The buckets of statistics.HistogramCodec. A version byte, then LEB128 numbers. Pairs: the number of buckets, then signed
-- distance to the bucket before (zigzag) and count of each. Runs: the number of runs, then of each the signed distance of its
-- first bucket to the bucket before, its length minus 1, and of each of its buckets the signed distance of its count to the
-- count before.
create or replace function hist_buckets(hist bytea) returns table (bucket int, n bigint)
language plpgsql immutable strict parallel safe as $$
declare
    version constant int := get_byte(hist, 0);
    part int;
    shift int := 0;
    value bigint := 0;
    field int := 0; -- 0 how many there are, 1 distance, 2 length of a run, 3 count
    current bigint := 0;
    counted bigint := 0;
    more bigint := 0; -- buckets of the run after this one
begin
    if version not in (1, 2) then
        raise exception 'histogram of unknown version %', version;
    end if;
    for at in 1 .. length(hist) - 1 loop
        part := get_byte(hist, at);
        value := value | ((part & 127)::bigint << shift);
        shift := shift + 7;
        if part < 128 then
            if field = 0 then
                field := 1;
            elsif field = 1 then
                current := current + (((value >> 1) & 9223372036854775807) # -(value & 1));
                field := 4 - version;
            elsif field = 2 then
                more := value;
                field := 3;
            else
                counted := case when version = 1 then value
                    else counted + (((value >> 1) & 9223372036854775807) # -(value & 1)) end;
                bucket := current;
                n := counted;
                return next;
                if more > 0 then
                    more := more - 1;
                    current := current + 1;
                else
                    field := 1;
                end if;
            end if;
            value := 0;
            shift := 0;
        end if;
    end loop;
end $$;
