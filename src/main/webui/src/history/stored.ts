import type { SeriesRow, TopSeries } from "../capture/columns";
import type { Column, Timeline } from "../chart/column";
import type { HeatmapAnswer, StoredSeries } from "../protocol/http";

/** The server's columns as the charts want them. */
export function storedColumns(answer: HeatmapAnswer): Column[] {
    return answer.columns.map(({ t, n, gap, buckets }) => ({
        t,
        n,
        gap,
        lost: false,
        length: answer.stepMillis,
        buckets: buckets.map(([bucket]) => bucket),
        counts: buckets.map(([, count]) => count),
    }));
}

export function storedTimeline({ from, to, stepMillis }: HeatmapAnswer): Timeline {
    return { from, step: stepMillis, slots: Math.max(1, Math.round((to - from) / stepMillis)) };
}

/** The table's rows from the stored series of a whole capture that lasted `seconds`. */
export function storedTop(
    series: readonly StoredSeries[],
    totalSeries: number,
    whole: bigint,
    seconds: number,
): TopSeries {
    const rows: SeriesRow[] = series.map((one) => ({
        id: one.id,
        keys: one.keys,
        total: BigInt(one.count),
        rate: seconds > 0 ? one.count / seconds : null,
        p50: one.p50,
        p90: one.p90,
        p99: one.p99,
        max: one.max,
        history: [],
    }));
    const listed = rows.reduce((sum, row) => sum + row.total, 0n);
    return {
        rows,
        otherSeries: Math.max(0, totalSeries - rows.length),
        otherTotal: whole > listed ? whole - listed : 0n,
    };
}
