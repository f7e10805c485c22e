import { describe, expect, it } from "vitest";
import { fromLocal, toLocal } from "./localTime";
import { storedColumns, storedTimeline, storedTop } from "./stored";

describe("stored answers", () => {
    const answer = {
        from: 1000,
        to: 5000,
        stepMillis: 2000,
        precision: 3,
        coverage: { from: 1000, to: 5000, coarsest: "second" as const, finest: "second" as const },
        columns: [
            { t: 1000, n: 3, gap: false, buckets: [[4, 1] as const, [9, 2] as const] },
            { t: 3000, n: 0, gap: true, buckets: [] },
        ],
    };

    it("become the columns and the timeline of the charts", () => {
        expect(storedColumns(answer)).toMatchObject([
            { t: 1000, length: 2000, n: 3, gap: false, buckets: [4, 9], counts: [1, 2] },
            { t: 3000, gap: true },
        ]);
        expect(storedTimeline(answer)).toEqual({ from: 1000, step: 2000, slots: 2 });
    });

    it("say how much the listed series leave out", () => {
        const one = { id: 1, keys: [], count: 30, sum: 0, min: 0, max: 9, p50: 1, p90: 2, p99: 3, p999: 4 };
        expect(storedTop([one], 5, 100n, 10)).toMatchObject({
            otherSeries: 4,
            otherTotal: 70n,
            rows: [{ rate: 3, max: 9 }],
        });
    });
});

describe("local time", () => {
    it("goes into a field and back, to the second", () => {
        const t = new Date(2026, 10, 23, 9, 5, 7).getTime();
        expect(toLocal(t)).toBe("2026-11-23T09:05:07");
        expect(fromLocal(toLocal(t))).toBe(t);
        expect(fromLocal("")).toBeNull();
    });
});
