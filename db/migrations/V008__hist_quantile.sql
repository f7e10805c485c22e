-- Histograms for people at a psql prompt: the data stay usable without us. Undo: drop the functions.
--   select hist_quantile(id, '-infinity', 'infinity', 0.99) from series where capture_id = '...' and number = 0;

-- The buckets of statistics.HistogramCodec: a version byte, the number of buckets, then pairs of signed distance to the
-- bucket before (zigzag) and count; numbers are LEB128.
create function hist_buckets(hist bytea) returns table (bucket int, n bigint)
language plpgsql immutable strict parallel safe as $$
declare
    part int;
    shift int := 0;
    value bigint := 0;
    read int := 0;
    current bigint := 0;
begin
    if get_byte(hist, 0) <> 1 then
        raise exception 'histogram of unknown version %', get_byte(hist, 0);
    end if;
    for at in 1 .. length(hist) - 1 loop
        part := get_byte(hist, at);
        value := value | ((part & 127)::bigint << shift);
        shift := shift + 7;
        if part < 128 then
            if read % 2 = 1 then
                current := current + ((value >> 1) # -(value & 1));
            elsif read > 0 then
                bucket := current;
                n := value;
                return next;
            end if;
            read := read + 1;
            value := 0;
            shift := 0;
        end if;
    end loop;
end $$;

-- Least value of a bucket, see statistics.Buckets: eight buckets per octave, negative ones mirrored.
create function bucket_least(bucket int) returns double precision
language sql immutable strict parallel safe as $$
    select case
        when bucket < -7 then -((9 + (-bucket & 7)) * 2.0::double precision ^ ((-bucket >> 3) - 1) - 1)
        when bucket < 8 then bucket
        else (8 + (bucket & 7)) * 2.0::double precision ^ ((bucket >> 3) - 1)
    end
$$;

create function bucket_greatest(bucket int) returns double precision
language sql immutable strict parallel safe as $$
    select -bucket_least(-bucket)
$$;

-- The quantile q of a series over [t0, t1) by minutes, interpolated in its bucket as the product does; null when empty.
create function hist_quantile(series bigint, t0 timestamptz, t1 timestamptz, q double precision)
returns double precision language sql stable strict parallel safe as $$
    with minutes as (
        select vmin, vmax, hist from h_min where series_id = series and ts >= t0 and ts < t1
    ), merged as (
        select b.bucket, sum(b.n) as n from minutes, hist_buckets(hist) b group by b.bucket
    ), ranked as (
        select bucket, n, sum(n) over (order by bucket) as upto, q * sum(n) over () as rank from merged
    ), chosen as (
        select bucket, greatest(0, least(1, (rank - (upto - n)) / n)) as part
        from ranked where upto >= rank order by bucket limit 1
    ), edges as (
        select greatest(bucket_least(bucket), (select min(vmin) from minutes)) as low,
            least(bucket_greatest(bucket), (select max(vmax) from minutes)) as high,
            part
        from chosen
    )
    select low + part * (high - low) from edges
$$;
