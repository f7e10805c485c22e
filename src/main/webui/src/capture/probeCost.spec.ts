import { describe, expect, it } from "vitest";
import { initialState, reduce } from "../protocol/liveState";
import type { Losses, Probe, ProbeFigures, Run } from "../protocol/model";
import { RATES_KEPT } from "../protocol/probeRates";
import { costTexts, lineRates } from "./lineRates";
import { costsByLine, costsByPoint } from "./probeCost";

const PROBES: readonly Probe[] = [
    { handler: 0, point: "begin", line: 1, column: 13 },
    { handler: 1, point: "syscall.read", line: 2, column: 20 },
    { handler: 2, point: "syscall.write", line: 2, column: 20 },
    { handler: 3, point: "timer.s(1)", line: 4, column: 18 },
];

function losses(probes: readonly ProbeFigures[], hits = 0): Losses {
    return {
        hits,
        skippedSelf: 0,
        skippedNoEntry: 0,
        lostEvents: 0,
        lostKeys: 0,
        lostUpdates: 0,
        lostReturns: 0,
        readFaults: 0,
        recursionMisses: 0,
        softErrors: 0,
        keys: 0,
        keyCapacity: 0,
        nanosPerHit: 0,
        lost: 0,
        probes,
    };
}

const figures = (handler: number, hits: number, nanosPerHit: number | null, estimated = false, lost = 0) => ({
    handler,
    hits,
    lost,
    nanosPerHit,
    estimated,
});

const RUN: Run = {
    id: "r",
    name: "",
    state: "running",
    startedAt: 0,
    stoppedAt: null,
    stopReason: null,
    aggregates: [{ agg: 5, name: "n", kind: "counter", keyKinds: [], unit: "none", line: 1 }],
    probes: PROBES,
    target: null,
    losses: null,
    persistent: false,
};

const stats = (t: number, probes: readonly ProbeFigures[]) => ({
    type: "stats" as const,
    flags: 0,
    agg: 0,
    seq: t,
    stats: { ...losses(probes), t },
});

describe("costs of probes", () => {
    const rates = new Map([
        [1, [10, 30]],
        [2, [100]],
    ]);
    const told = losses([figures(1, 100, 400), figures(2, 300, 800, true, 7)]);

    it("are those of all handlers of a line: hits add up, times by hits, shares by rates", () => {
        const [begin, calls, timer] = costsByLine(PROBES, told, rates);
        expect(calls).toEqual({
            line: 2,
            hits: 400,
            lost: 7,
            rate: 130,
            nanosPerHit: 700,
            estimated: true,
            share: (30 * 400 + 100 * 800) / 1e9,
            points: [10, 130],
        });
        expect(begin).toMatchObject({ line: 1, hits: 0, rate: 0, nanosPerHit: null, share: null, points: [] });
        expect(timer?.line).toBe(4);
    });

    it("are told by point, too", () => {
        expect(costsByPoint(PROBES, told, rates).map(({ point, hits }) => [point, hits])).toEqual([
            ["begin", 0],
            ["syscall.read", 100],
            ["syscall.write", 300],
            ["timer.s(1)", 0],
        ]);
    });

    it("are unknown as long as one that was hit is unknown, or no rate is", () => {
        const partly = losses([figures(1, 100, 400), figures(2, 1, null)]);
        expect(costsByLine(PROBES, partly, rates)[1]).toMatchObject({ hits: 101, nanosPerHit: null, share: null });
        expect(costsByLine(PROBES, told, null)[1]).toMatchObject({ rate: null, nanosPerHit: 700, share: null });
        expect(costsByLine(PROBES, null, null)[1]).toMatchObject({ hits: 0, rate: null, nanosPerHit: null });
    });

    it("are dashes while unknown, never 0, and say when they are estimates", () => {
        const nothing = { rate: null, nanosPerHit: null, estimated: false, share: null };
        expect(costTexts(nothing)).toEqual({ rate: "–", perHit: "–", share: "–" });
        const known = { rate: 41_234, nanosPerHit: 412.4, estimated: false, share: 0.017 };
        expect(costTexts(known)).toEqual({ rate: "41.2 k/s", perHit: "412 ns", share: "1.7 %" });
        expect(costTexts({ ...known, estimated: true })).toMatchObject({ perHit: "~412 ns", share: "~1.7 %" });
        expect(costTexts({ ...known, share: 0.00001 }).share).toBe("<0.01 %");
        expect(costTexts({ ...known, rate: 0, share: 0 })).toMatchObject({ rate: "0/s", share: "0 %" });
    });
});

describe("the rates of a run", () => {
    it("are differences of its statistics, and only the last are kept", () => {
        const first = reduce(initialState(RUN), stats(1000, [figures(1, 50, null)]));
        expect(first.probeRates).toBeNull();
        const second = reduce(first, stats(1500, [figures(1, 60, 400), figures(3, 1, 9)]));
        expect(second.probeRates).toEqual(
            new Map([
                [1, [20]],
                [3, [2]],
            ]),
        );
        let last = second;
        for (let i = 0; i < 2 * RATES_KEPT; i++) {
            last = reduce(last, stats(2500 + i * 1000, [figures(1, 61 + i, 400)]));
        }
        expect(last.probeRates?.get(1)).toEqual(Array.from({ length: RATES_KEPT }, () => 1));
    });

    it("stand beside the lines of their probes, which show the chart of what they feed", () => {
        const script = "probe begin { }\nprobe syscall.read, syscall.write {\n    n++ }\nprobe timer.s(1) { }";
        const view = reduce(
            reduce(initialState(RUN), stats(1000, [])),
            stats(2000, [figures(1, 50, 400), figures(2, 50, 400)]),
        );
        const words = {
            values: (name: string, rate: string) => `${name} ${rate}`,
            probe: (line: number, texts: { perHit: string }, chart: boolean) => `${line} ${texts.perHit} ${chart}`,
        };
        expect(lineRates(view, script, words)).toEqual([
            { line: 1, agg: null, text: "0/s", cost: ["–", "–"], label: "1 – false", points: [] },
            { line: 2, agg: 5, text: "100/s", cost: ["400 ns", "<0.01 %"], label: "2 400 ns true", points: [100] },
            { line: 4, agg: null, text: "0/s", cost: ["–", "–"], label: "4 – false", points: [] },
        ]);
    });
});
