import { describe, expect, it } from "vitest";
import type { DeltaFrame, Frame, Interval, SnapshotFrame } from "./frames";
import { topSeries } from "../capture/columns";
import {
    COLUMNS_KEPT,
    initialState,
    reduce,
    resumeFrom,
    totalOf,
    type LiveAggregate,
    type LiveState,
} from "./liveState";
import type { Aggregate, Losses, Run } from "./model";

const AGGREGATE: Aggregate = { agg: 0, name: "a", kind: "counter", keyKinds: [], unit: "none", line: 1 };

const RUN: Run = {
    id: "r",
    name: "",
    state: "running",
    startedAt: 0,
    stoppedAt: null,
    stopReason: null,
    aggregates: [],
    probes: [],
    target: null,
    losses: null,
    persistent: false,
};

function interval(start: number, counts: Readonly<Record<number, number>>, length = 1000): Interval {
    const ids = Object.keys(counts).map(Number);
    return {
        start,
        length,
        ids: Uint32Array.from(ids),
        counts: BigUint64Array.from(Object.values(counts).map(BigInt)),
        ends: Uint32Array.from(ids, () => 0),
        buckets: new Int16Array(),
        bucketCounts: new Float64Array(),
    };
}

const delta = (seq: number, counts: Readonly<Record<number, number>>, firstSeq = seq): DeltaFrame => ({
    type: "delta",
    flags: 0,
    agg: 0,
    seq,
    firstSeq,
    interval: interval(firstSeq * 1000, counts, (seq - firstSeq + 1) * 1000),
});

const snapshot = (seqs: readonly number[], totals: Readonly<Record<number, bigint>>): SnapshotFrame => ({
    type: "snapshot",
    flags: 0,
    agg: 0,
    seq: seqs.at(-1) ?? 0,
    columns: seqs.map((seq) => ({ seq, flags: seq === 2 ? 4 : 0, interval: interval(seq * 1000, { 0: 1, 7: 1 }) })),
    totals: Object.entries(totals).map(([id, count]) => ({ id: Number(id), count })),
});

const after = (frames: readonly Frame[], from: LiveState = initialState(RUN)) => frames.reduce(reduce, from);
const seqs = (state: LiveState) => state.aggregates.get(0)?.columns.map((column) => column.seq);

describe("live state", () => {
    it("adds deltas to the totals of a snapshot, exactly beyond 2^53", () => {
        const state = after([snapshot([1, 2], { 0: 9007199254740993n }), delta(3, { 0: 4 })]);
        expect(totalOf(state, 0)).toBe(9007199254740997n);
        expect(seqs(state)).toEqual([1, 2, 3]);
        expect(state.seq).toBe(3);
    });

    it("takes an interval once, also when a resumed stream repeats it", () => {
        const state = after([snapshot([1], { 0: 1n }), delta(2, { 0: 5 }), delta(2, { 0: 5 })]);
        expect(totalOf(state, 0)).toBe(6n);
        expect(seqs(state)).toEqual([1, 2]);
    });

    it("fills the hole of a lost connection from the snapshot that follows", () => {
        const state = after([delta(1, { 0: 1 }), delta(2, { 0: 1 }), snapshot([3, 4], { 0: 4n }), delta(5, { 0: 1 })]);
        expect(seqs(state)).toEqual([1, 2, 3, 4, 5]);
        expect(totalOf(state, 0)).toBe(5n);
    });

    it("learns from a snapshot which intervals lost something", () => {
        const state = after([snapshot([1, 2, 3], { 0: 3n })]);
        expect(state.aggregates.get(0)?.columns.map((column) => column.flags)).toEqual([0, 4, 0]);
    });

    it("lets a snapshot of another facet replace columns, and the parts a merged one", () => {
        const state = after([delta(1, { 0: 1, 5: 1 }), delta(3, { 0: 2, 5: 2 }, 2), snapshot([1, 2, 3], { 0: 3n })]);
        expect(seqs(state)).toEqual([1, 2, 3]);
        expect(state.aggregates.get(0)?.columns.every((column) => !column.ids.includes(5))).toBe(true);
    });

    it("keeps a merged column of which a part is no longer kept, and counts nothing twice", () => {
        const state = after([delta(6, { 0: 6 }, 2), snapshot([4, 5, 6, 7], { 0: 9n })]);
        expect(seqs(state)).toEqual([6, 7]);
        expect(state.aggregates.get(0)?.columns.map((column) => Number(column.counts[0]))).toEqual([6, 1]);
    });

    it("resumes after the last interval that every aggregate has", () => {
        const aggregates = [0, 1].map((agg) => ({ ...AGGREGATE, agg }));
        const run = { ...RUN, aggregates };
        const both = [delta(4, { 0: 1 }), { ...delta(4, { 0: 1 }), agg: 1 }, delta(5, { 0: 1 })];
        expect(resumeFrom(after(both, initialState(run)))).toBe(4);
        expect(resumeFrom(after([delta(5, { 0: 1 })], initialState(run)))).toBe(-1);
    });

    it("tells an event once, also when the stream repeats it", () => {
        const event = { t: 1, kind: "exit", text: "", state: null };
        const frame: Frame = { type: "event", flags: 0, agg: 0, seq: 0, event };
        expect(after([frame, frame]).events).toHaveLength(1);
    });

    it("keeps no more columns than it draws", () => {
        const state = after(Array.from({ length: COLUMNS_KEPT + 20 }, (_, i) => delta(i + 1, { 0: 1 })));
        expect(seqs(state)).toHaveLength(COLUMNS_KEPT);
        expect(totalOf(state, 0)).toBe(BigInt(COLUMNS_KEPT + 20));
    });

    it("keeps what is in view, the greatest and the chosen of ever new series, and every count", () => {
        const WINDOWS = 800;
        const NEW = 4;
        const one = (id: number, count: bigint) => ({
            id,
            facet: "pid" as const,
            keys: [{ kind: "pid" as const, value: id, label: String(id) }],
            count: String(count),
        });
        const dict = (seq: number, ids: readonly number[], of: number, count = 0n): Frame => ({
            type: "dict",
            flags: 0,
            agg: 0,
            seq,
            series: ids.map((id) => one(id, count)),
            of,
        });
        const CHOSEN = 5;
        let state: LiveState = { ...initialState(RUN), chosen: new Map([[0, new Set([CHOSEN])]]) };
        let most = 0;
        for (let seq = 1; seq <= WINDOWS; seq++) {
            const ids = Array.from({ length: NEW }, (_, i) => (seq - 1) * NEW + i + 1);
            // One of the first comes a hundred times as often: it stays among the greatest, however silent.
            const counts = Object.fromEntries(ids.map((id) => [id, id === 7 ? 100 : 1]));
            const total = Object.values(counts).reduce((sum, n) => sum + n, 0);
            state = after([dict(seq - 1, ids, seq * NEW), delta(seq, { 0: total, ...counts })], state);
            most = Math.max(most, state.aggregates.get(0)?.series.size ?? 0);
        }
        const known = state.aggregates.get(0) as LiveAggregate;
        expect(most).toBeLessThan(NEW * COLUMNS_KEPT + 2300);
        expect(known.totals.size).toBe(known.series.size + 1);
        expect([7, CHOSEN, WINDOWS * NEW].map((id) => known.totals.get(id))).toEqual([100n, 1n, 1n]);
        expect(known.series.has(500)).toBe(false);
        expect(topSeries(known, "pid", 50)).toMatchObject({
            otherSeries: WINDOWS * NEW - 50,
            otherTotal: BigInt(WINDOWS * NEW - 50),
        });

        const back = after([dict(WINDOWS, [500], WINDOWS * NEW, 1n), delta(WINDOWS + 1, { 0: 500, 500: 500 })], state);
        expect(
            topSeries(back.aggregates.get(0) as LiveAggregate, "pid", 2).rows.map((row) => [row.id, row.total]),
        ).toEqual([
            [500, 501n],
            [7, 100n],
        ]);
    });

    it("knows after a snapshot what that tells of, and nothing else", () => {
        const told: Frame = {
            type: "dict",
            flags: 0,
            agg: 0,
            seq: 1,
            series: [3, 4].map((id) => ({ id, facet: "pid", keys: [], count: "1" })),
            of: 2,
        };
        const state = after([told, snapshot([1, 2], { 0: 9n, 4: 5n })]);
        expect([...(state.aggregates.get(0)?.series.keys() ?? [])]).toEqual([4]);
        expect(state.aggregates.get(0)?.totals.get(4)).toBe(5n);
    });

    it("derives the rate of hits from two reports", () => {
        const stats = (t: number, hits: number): Frame => ({
            type: "stats",
            flags: 0,
            agg: 0,
            seq: 0,
            stats: { hits, probes: [], t } as unknown as Losses & { t: number },
        });
        expect(after([stats(1000, 500), stats(3000, 2500)]).hitsPerSecond).toBe(1000);
    });

    it("shows each line once and counts the dropped ones", () => {
        const log = (first: number, dropped: number): Frame => ({
            type: "log",
            flags: 0,
            agg: 0,
            seq: 0,
            dropped,
            lines: [first, first + 1].map((seq) => ({ seq, t: 0, stream: "out", text: String(seq) })),
        });
        const state = after([log(1, 0), log(2, 3)]);
        expect(state.lines.map((line) => line.seq)).toEqual([1, 2, 3]);
        expect(state.linesDropped).toBe(3);
    });

    it("has started once data arrive", () => {
        const starting = initialState({ ...RUN, state: "starting" });
        expect(after([delta(1, { 0: 1 })], starting).run.state).toBe("running");
    });

    it("follows the state an event announces", () => {
        const event = { t: 1, kind: "budget", text: "", state: "stopping" as const };
        expect(after([{ type: "event", flags: 0, agg: 0, seq: 0, event }]).run.state).toBe("stopping");
    });
});
