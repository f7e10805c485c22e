-- For people at a psql prompt: ranges by days, hours and minutes, their buckets and quantiles, and windows with names.
-- Undo: drop the views and functions, put back hist_quantile of V008.

create function facet_name(facet smallint) returns text language sql immutable strict parallel safe as $$
    select (array['full', 'total', 'pid', 'syscall', 'tid', 'cpu', 'uid', 'execname'])[facet + 1]
$$;

-- The rows of a series that tile [t0, t1): whole days and hours that were added up, minutes for the rest. A minute belongs
-- to the range when it begins in it.
create function series_range(series bigint, t0 timestamptz, t1 timestamptz)
returns table (level text, ts timestamptz, n bigint, sum bigint, vmin bigint, vmax bigint, hist bytea)
language sql stable strict parallel safe as $$
    with days as materialized (
        select d.ts as from_at, d.ts + interval '24 hours' as to_at
        from series s
        join capture_day d on d.capture_id = s.capture_id
        where s.id = series and d.ts >= t0 and d.ts + interval '24 hours' <= t1
    ), units as materialized (
        select 'day' as level, from_at, to_at from days
        union all
        select 'hour', h.ts, h.ts + interval '1 hour'
        from series s
        join capture_hour h on h.capture_id = s.capture_id
        where s.id = series and h.ts >= t0 and h.ts + interval '1 hour' <= t1
            and not exists (select 1 from days d where h.ts >= d.from_at and h.ts < d.to_at)
    )
    select u.level, r.ts, r.n, r.sum, r.vmin, r.vmax, r.hist
    from h_day r join units u on u.level = 'day' and u.from_at = r.ts
    where r.series_id = series and r.ts >= t0 and r.ts < t1
    union all
    select u.level, r.ts, r.n, r.sum, r.vmin, r.vmax, r.hist
    from h_hour r join units u on u.level = 'hour' and u.from_at = r.ts
    where r.series_id = series and r.ts >= t0 and r.ts < t1
    union all
    select 'minute', r.ts, r.n, r.sum, r.vmin, r.vmax, r.hist
    from h_min r
    where r.series_id = series and r.ts >= t0 and r.ts < t1
        and not exists (select 1 from units u where r.ts >= u.from_at and r.ts < u.to_at)
$$;

-- The distribution of a series over [t0, t1): values from low to high, both inclusive, and how many there were.
create function range_buckets(series bigint, t0 timestamptz, t1 timestamptz)
returns table (bucket int, low double precision, high double precision, n bigint)
language sql stable strict parallel safe as $$
    select b.bucket, bucket_least(b.bucket), bucket_greatest(b.bucket), sum(b.n)::bigint
    from series_range(series, t0, t1) r, hist_buckets(r.hist) b
    group by b.bucket
    order by b.bucket
$$;

-- The quantile q of a series over [t0, t1), interpolated in its bucket as the product does; null when empty.
create or replace function hist_quantile(series bigint, t0 timestamptz, t1 timestamptz, q double precision)
returns double precision language sql stable strict parallel safe as $$
    with rows as materialized (
        select vmin, vmax, hist from series_range(series, t0, t1)
    ), merged as (
        select b.bucket, sum(b.n) as n from rows, hist_buckets(hist) b group by b.bucket
    ), ranked as (
        select bucket, n, sum(n) over (order by bucket) as upto, q * sum(n) over () as rank from merged
    ), chosen as (
        select bucket, greatest(0, least(1, (rank - (upto - n)) / n)) as part
        from ranked where upto >= rank order by bucket limit 1
    ), edges as (
        select greatest(bucket_least(bucket), (select min(vmin) from rows)) as low,
            least(bucket_greatest(bucket), (select max(vmax) from rows)) as high,
            part
        from chosen
    )
    select low + part * (high - low) from edges
$$;

-- The same of one histogram, of which nothing else is known.
create function hist_quantile(hist bytea, q double precision)
returns double precision language sql immutable strict parallel safe as $$
    with ranked as (
        select bucket, n, sum(n) over (order by bucket) as upto, q * sum(n) over () as rank from hist_buckets(hist)
    )
    select bucket_least(bucket)
        + greatest(0, least(1, (rank - (upto - n)) / n)) * (bucket_greatest(bucket) - bucket_least(bucket))
    from ranked where upto >= rank order by bucket limit 1
$$;

-- Series with the names of their capture and aggregate.
create view series_overview as
select
    s.id as series,
    s.capture_id,
    c.name as capture,
    c.started_at,
    a.name as aggregate,
    a.unit,
    s.number,
    facet_name(s.facet) as facet,
    s.key_kinds,
    s.keys,
    s.labels,
    s.n,
    s.sum,
    s.vmin,
    s.vmax
from series s
join capture c on c.id = s.capture_id
join aggregate a on a.capture_id = s.capture_id and a.agg = s.agg;

-- Minutes with names; ask for a capture or a series and a time, or all of it is read.
create view minute_overview as
select o.capture, o.aggregate, o.unit, o.facet, o.labels, m.series_id as series, m.ts, m.n, m.sum, m.vmin, m.vmax, m.hist
from h_min m
join series_overview o on o.series = m.series_id;
