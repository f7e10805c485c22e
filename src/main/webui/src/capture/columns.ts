import type { Column } from "../chart/column";
import { merge, quantile } from "../chart/histogram";
import { GAP } from "../protocol/frames";
import { isLossy, positionOf, seriesOf, type LiveAggregate, type LiveColumn } from "../protocol/liveState";
import type { Facet, Key } from "../protocol/model";

const NOTHING = { n: 0, buckets: [], counts: [] };

/** A column of a series is made once, so that charts recognise what they have drawn; by series, for each live column. */
const MADE = new WeakMap<LiveColumn, Map<number, Column>>();

/** The columns of one series as the charts want them: wall time, arrays that share the frame's memory. */
export function columnsOf(aggregate: LiveAggregate, id: number, startedAt: number): Column[] {
    return aggregate.columns.map((live) => {
        let made = MADE.get(live);
        if (!made) {
            made = new Map();
            MADE.set(live, made);
        }
        const known = made.get(id);
        if (known?.t === startedAt + live.start) {
            return known;
        }
        const column = columnOf(live, id, startedAt);
        made.set(id, column);
        return column;
    });
}

function columnOf(live: LiveColumn, id: number, startedAt: number): Column {
    return {
        t: startedAt + live.start,
        length: live.length,
        gap: (live.flags & GAP) !== 0,
        lost: isLossy(live),
        ...cellsOf(live, id),
    };
}

function cellsOf(column: LiveColumn, id: number): Pick<Column, "n" | "buckets" | "counts"> {
    const at = positionOf(column, id);
    if (at < 0) {
        return NOTHING;
    }
    const from = at === 0 ? 0 : (column.ends[at - 1] ?? 0);
    const to = column.ends[at] ?? 0;
    return {
        n: Number(column.counts[at] ?? 0n),
        buckets: column.buckets.subarray(from, to),
        counts: column.bucketCounts.subarray(from, to),
    };
}

/** A row of the table of series; a value is null where it cannot be known. */
export interface SeriesRow {
    readonly id: number;
    readonly keys: readonly Key[];
    readonly total: bigint;
    readonly rate: number | null;
    readonly p50: number | null;
    readonly p90: number | null;
    readonly p99: number | null;
    readonly max: number | null;
    readonly history: readonly number[];
}

export interface TopSeries {
    readonly rows: readonly SeriesRow[];
    /** Series and values beyond the rows: never silently left out. */
    readonly otherSeries: number;
    readonly otherTotal: bigint;
}

const SPARK_COLUMNS = 60;

/**
 * The greatest series of a facet by their count since the start, with what the kept columns say of them. The rest is what the
 * total has besides: each value is in one series of the facet, also in one that is not known any more.
 */
export function topSeries(aggregate: LiveAggregate, facet: Facet, limit: number): TopSeries {
    const known = seriesOf(aggregate, facet)
        .map((series) => ({ series, total: aggregate.totals.get(series.id) ?? 0n }))
        .filter(({ total }) => total > 0n)
        .sort((a, b) => (a.total === b.total ? a.series.id - b.series.id : a.total < b.total ? 1 : -1));
    const greatest = known.slice(0, limit);
    const inRows = greatest.reduce((sum, { total }) => sum + total, 0n);
    const all = aggregate.totals.get(0) ?? 0n;
    return {
        rows: greatest.map(({ series, total }) => {
            const columns = aggregate.columns.map((column) => columnOf(column, series.id, 0));
            const histogram = merge(columns);
            const last = columns.at(-1);
            return {
                id: series.id,
                keys: series.keys,
                total,
                rate: last ? (last.n * 1000) / Math.max(1, last.length) : null,
                p50: quantile(histogram, 0.5),
                p90: quantile(histogram, 0.9),
                p99: quantile(histogram, 0.99),
                max: quantile(histogram, 1),
                history: columns.slice(-SPARK_COLUMNS).map((column) => (column.n * 1000) / Math.max(1, column.length)),
            };
        }),
        // Between two facets nothing is known.
        otherSeries: greatest.length === 0 ? 0 : Math.max(0, aggregate.of - greatest.length),
        otherTotal: greatest.length === 0 || all < inRows ? 0n : all - inRows,
    };
}

/** Which series make up one cell of the heat map, greatest first. */
export function seriesAt(
    aggregate: LiveAggregate,
    columnIndex: number,
    first: number,
    last: number,
    limit: number,
): { readonly keys: readonly Key[]; readonly count: number }[] {
    const column = aggregate.columns[columnIndex];
    if (!column) {
        return [];
    }
    return [...column.ids]
        .filter((id) => aggregate.series.has(id))
        .map((id) => ({
            id,
            count: merge([{ ...cellsOf(column, id), t: 0, length: 0, gap: false, lost: false }], first, last).total,
        }))
        .filter(({ count }) => count > 0)
        .sort((a, b) => b.count - a.count)
        .slice(0, limit)
        .map(({ id, count }) => ({ keys: aggregate.series.get(id)?.keys ?? [], count }));
}
