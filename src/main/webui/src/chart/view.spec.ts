import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bucketOf } from "./buckets";
import { endOf, FOLLOW, viewedTimeline, zoomedView, type Column } from "./column";
import { merge, quantile, without, type Histogram } from "./histogram";
import { quantilesOf } from "./quantileLines";
import { histogramText } from "./histogramText";

const whole = { from: 1000, step: 1000, slots: 300 };

const histogramOf = (...values: number[]): Histogram =>
    merge(
        values.map((value): Column => {
            const counts = [1];
            return { t: 0, length: 1, n: 1, gap: false, lost: false, buckets: [bucketOf(value)], counts };
        }),
    );

describe("the view of time", () => {
    it("follows the newest columns, all or the last of them", () => {
        expect(viewedTimeline(whole, FOLLOW)).toBe(whole);
        expect(viewedTimeline(whole, { kind: "follow", millis: 60_000 })).toEqual({
            from: 241_000,
            step: 1000,
            slots: 60,
        });
    });

    it("stays on the grid of the whole, so that no column is torn", () => {
        const view = viewedTimeline(whole, { kind: "fixed", from: 100_400, to: 130_300 });
        expect(view).toEqual({ from: 100_000, step: 1000, slots: 30 });
    });

    it("zooms with the moment under the pointer in its place", () => {
        const view = zoomedView(whole, whole, 76_000, 0.5);
        expect(view.kind).toBe("fixed");
        const shown = viewedTimeline(whole, view);
        expect(shown.slots).toBe(150);
        expect((76_000 - shown.from) / (endOf(shown) - shown.from)).toBeCloseTo(0.25, 1);
    });

    it("keeps following when zoomed at the newest end, and is whole again when zoomed out", () => {
        expect(zoomedView(whole, whole, endOf(whole) - 500, 0.5)).toEqual({ kind: "follow", millis: 150_000 });
        const near = { from: 100_000, step: 1000, slots: 200 };
        expect(zoomedView(whole, near, 200_000, 2)).toBe(FOLLOW);
    });
});

describe("histograms", () => {
    it("subtract bucket by bucket", () => {
        const all = histogramOf(1, 1, 100, 100, 5000);
        expect(without(all, histogramOf(1, 100, 100))).toEqual({
            buckets: [1, bucketOf(5000)],
            counts: [1, 1],
            total: 2,
        });
        expect(without(all, histogramOf())).toEqual(all);
    });
});

describe("the percentiles of a column", () => {
    it("are those that a histogram has", () => {
        const whole = histogramOf(...Array.from({ length: 500 }, (_, i) => (i * i * 37) % 100_003));
        const column = { ...whole, t: 0, length: 1, n: whole.total, gap: false, lost: false };
        const found = new Float64Array(4);
        quantilesOf(column, found);
        expect([...found]).toEqual([0.5, 0.9, 0.99, 0.999].map((q) => quantile(whole, q)));
    });
});

describe("the text of a histogram", () => {
    /** What the Java side prints for the same values, from its own test. */
    const dashes = "-".repeat(50);
    const row = (value: string, bar: number, count: number) =>
        `${value} |${"@".repeat(bar)}${" ".repeat(50 - bar)} ${count}\n`;

    it("is that of @hist_log", () => {
        expect(histogramText(histogramOf(8, 9, 15, 17))).toBe(
            `value |${dashes} count\n` +
                row("    2", 0, 0) +
                row("    4", 0, 0) +
                row("    8", 3, 3) +
                row("   16", 1, 1) +
                row("   32", 0, 0) +
                row("   64", 0, 0),
        );
    });

    it("elides rows and mirrors negative values", () => {
        expect(histogramText(histogramOf(0, 1 << 20))).toContain("        ~\n 262144 |");
        expect(histogramText(histogramOf(-3, -1, 1))).toBe(
            `value |${dashes} count\n` +
                row("   -8", 0, 0) +
                row("   -4", 0, 0) +
                row("   -2", 1, 1) +
                row("   -1", 1, 1) +
                row("    0", 0, 0) +
                row("    1", 1, 1) +
                row("    2", 0, 0) +
                row("    4", 0, 0),
        );
    });
});

describe("the numbers of the shared samples", () => {
    it("add up to what the frame says", () => {
        const url = new URL("../../../../test/resources/protocol/delta.json", import.meta.url);
        const sample = JSON.parse(readFileSync(url, "utf8")) as {
            decoded: { series: { count: number; buckets: [number, number][] }[] };
        };
        for (const { count, buckets } of sample.decoded.series) {
            const sum = buckets.reduce((total, [, one]) => total + one, 0);
            expect(buckets.length === 0 || sum === count).toBe(true);
        }
    });
});
