import { describe, expect, it } from "vitest";
import type { LiveAggregate, LiveColumn } from "../protocol/liveState";
import type { Series } from "../protocol/model";
import { columnsOf, seriesAt, topSeries } from "./columns";
import { histogramIn } from "./selection";

const call = (id: number, label: string): Series => ({
    id,
    facet: "syscall",
    keys: [{ kind: "syscall", value: id, label }],
});

/** Two series and their total in one interval: ids 0, 1 and 4. */
function column(seq: number): LiveColumn {
    return {
        seq,
        firstSeq: seq,
        flags: seq === 2 ? 4 : 0,
        start: seq * 1000,
        length: 500,
        ids: Uint32Array.of(0, 1, 4),
        counts: BigUint64Array.of(10n, 4n, 6n),
        ends: Uint32Array.of(2, 3, 5),
        buckets: Int16Array.of(5, 9, 5, 5, 9),
        bucketCounts: Float64Array.of(6, 4, 4, 2, 4),
    };
}

const AGGREGATE: LiveAggregate = {
    series: new Map([call(1, "read"), call(4, "write"), call(9, "close")].map((series) => [series.id, series])),
    of: 2,
    seen: new Map(),
    room: 10,
    columns: [column(1), column(2)],
    totals: new Map([
        [0, 20n],
        [1, 8n],
        [4, 12n],
    ]),
    seq: 2,
};

describe("columns of a series", () => {
    it("are its own buckets at wall time, with their marks", () => {
        const columns = columnsOf(AGGREGATE, 4, 50_000);
        expect(columns.map(({ t, n, lost }) => [t, n, lost])).toEqual([
            [51_000, 6, false],
            [52_000, 6, true],
        ]);
        expect([...Array.from(columns[0]?.buckets ?? [])]).toEqual([5, 9]);
    });

    it("are the same ones as long as their interval is, so that charts know what they have drawn", () => {
        const [first, second] = [columnsOf(AGGREGATE, 4, 50_000), columnsOf({ ...AGGREGATE }, 4, 50_000)];
        expect(second.every((column, i) => column === first[i])).toBe(true);
        expect(columnsOf(AGGREGATE, 1, 50_000).some((column, i) => column === first[i])).toBe(false);
    });

    it("are empty where the series was silent", () => {
        expect(columnsOf(AGGREGATE, 9, 0).map(({ n }) => n)).toEqual([0, 0]);
    });
});

describe("top series", () => {
    it("are ordered by count and leave out those without values", () => {
        const top = topSeries(AGGREGATE, "syscall", 10);
        expect(top.rows.map((row) => [row.keys[0]?.label, row.total, row.rate])).toEqual([
            ["write", 12n, 12],
            ["read", 8n, 8],
        ]);
        expect(top.rows[1]?.p99).toBe(5);
    });

    it("say what they do not list", () => {
        expect(topSeries(AGGREGATE, "syscall", 1)).toMatchObject({ otherSeries: 1, otherTotal: 8n });
    });

    it("tell what a cell is made of", () => {
        expect(seriesAt(AGGREGATE, 0, 5, 5, 3).map(({ keys, count }) => [keys[0]?.label, count])).toEqual([
            ["read", 4],
            ["write", 2],
        ]);
    });
});

describe("selection", () => {
    it("counts what lies in its time and its buckets", () => {
        const columns = columnsOf(AGGREGATE, 0, 0);
        expect(histogramIn(columns, { from: 1000, to: 1500, first: 0, last: 100 }).total).toBe(10);
        expect(histogramIn(columns, { from: 1000, to: 3000, first: 9, last: 9 }).total).toBe(8);
    });
});
