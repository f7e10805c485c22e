import { describe, expect, it } from "vitest";
import { domainOf, ValueAxis } from "./axis";
import { bucketOf, greatest, least, positionOf } from "./buckets";
import { liveTimeline, type Column } from "./column";
import { gridOf, MISSING, PRESENT } from "./grid";
import { merge, partUpTo, quantile } from "./histogram";
import { niceCeiling, sparkline } from "./rateLine";
import { duration } from "./time";
import { formatCount, formatValue } from "./units";

function column(t: number, pairs: readonly (readonly [number, number])[], length = 1000): Column {
    return {
        t,
        length,
        n: pairs.reduce((sum, [, count]) => sum + count, 0),
        gap: false,
        lost: false,
        buckets: pairs.map(([bucket]) => bucket),
        counts: pairs.map(([, count]) => count),
    };
}

/** The formula of the definition, on integers of any size. */
function indexByDefinition(value: bigint): number {
    if (value < 8n) {
        return Number(value);
    }
    const exponent = value.toString(2).length - 1;
    return (exponent - 2) * 8 + Number((value >> BigInt(exponent - 3)) - 8n);
}

describe("buckets", () => {
    it("follow the definition at and around every power of two up to 2^53", () => {
        for (let exponent = 0; exponent <= 52; exponent++) {
            for (const value of [2 ** exponent - 1, 2 ** exponent, 2 ** exponent + 1, 2 ** exponent * 1.5]) {
                const whole = Math.floor(value);
                expect(bucketOf(whole), String(whole)).toBe(indexByDefinition(BigInt(whole)));
            }
        }
    });

    it("hold exactly the values between their least and greatest", () => {
        for (let bucket = -400; bucket <= 400; bucket++) {
            expect(bucketOf(least(bucket))).toBe(bucket);
            expect(bucketOf(greatest(bucket))).toBe(bucket);
            if (bucket < 400) {
                expect(least(bucket + 1)).toBe(greatest(bucket) + 1);
            }
        }
    });

    it("mirror negative values", () => {
        expect(bucketOf(-11)).toBe(-bucketOf(11));
        expect([least(-bucketOf(16)), greatest(-bucketOf(16))]).toEqual([-17, -16]);
    });

    it("place a value between its edges", () => {
        expect(positionOf(1024)).toBe(bucketOf(1024));
        expect(positionOf(1088)).toBeCloseTo(bucketOf(1024) + 0.5);
        expect(positionOf(-1024)).toBe(-bucketOf(1024));
    });
});

describe("quantiles", () => {
    it("are exact where a bucket holds one value", () => {
        const histogram = merge([
            column(0, [
                [1, 50],
                [5, 40],
                [7, 10],
            ]),
        ]);
        expect([0.5, 0.9, 0.99].map((q) => quantile(histogram, q))).toEqual([1, 5, 7]);
    });

    it("are interpolated inside a bucket and stay in it", () => {
        const histogram = merge([column(0, [[bucketOf(1024), 100]])]);
        expect(quantile(histogram, 0)).toBe(1024);
        expect(quantile(histogram, 0.5)).toBeCloseTo(1024 + 127 / 2);
        expect(quantile(histogram, 1)).toBe(1151);
    });

    it("of nothing are nothing", () => {
        expect(quantile(merge([]), 0.5)).toBeNull();
    });

    it("merging adds counts and can take a range of buckets", () => {
        const columns = [
            column(0, [
                [-3, 1],
                [9, 2],
            ]),
            column(1000, [
                [9, 3],
                [12, 4],
            ]),
        ];
        expect(merge(columns)).toEqual({ buckets: [-3, 9, 12], counts: [1, 5, 4], total: 10 });
        expect(merge(columns, 0, 9).total).toBe(5);
        expect(partUpTo(merge(columns), 9)).toBeCloseTo(0.6);
    });
});

describe("value axis", () => {
    const columns = [
        column(0, [
            [-20, 1],
            [0, 5],
            [60, 3],
            [130, 1],
        ]),
    ];
    const axis = new ValueAxis(domainOf(columns), 300);

    it("covers each bucket between its ends once, from bottom to top", () => {
        for (const bucket of [-20, 0, 60, 100, 130]) {
            const row = axis.rows[axis.rowOf(bucket)];
            expect(row !== undefined && row.first <= bucket && bucket <= row.last).toBe(true);
        }
        const tops = axis.rows.map((row) => row.top);
        expect(tops).toEqual([...tops].sort((a, b) => b - a));
        expect(axis.rows.at(-1)?.top).toBeCloseTo(0);
        expect(axis.rows[0]?.bottom).toBe(300);
    });

    it("sets zero apart from both sides", () => {
        expect(axis.segments).toHaveLength(3);
        const [below, zero, above] = axis.segments;
        expect((below?.top ?? 0) - (zero?.bottom ?? 0)).toBeGreaterThanOrEqual(2);
        expect((zero?.top ?? 0) - (above?.bottom ?? 0)).toBeGreaterThanOrEqual(2);
    });

    it("puts a value inside the row of its bucket", () => {
        for (const value of [-25, 0, 3000, 12345, 500_000]) {
            const row = axis.rows[axis.rowOf(bucketOf(value))];
            expect(axis.y(value)).toBeGreaterThanOrEqual((row?.top ?? NaN) - 1e-9);
            expect(axis.y(value)).toBeLessThanOrEqual((row?.bottom ?? NaN) + 1e-9);
        }
    });

    it("labels round values of the unit without touching", () => {
        const latency = new ValueAxis(
            domainOf([
                column(0, [
                    [bucketOf(700), 1],
                    [bucketOf(2e9), 1],
                ]),
            ]),
            260,
        );
        const ticks = latency.ticks("ns");
        expect(ticks.map((tick) => tick.label).reverse()).toEqual([
            "1 µs",
            "10 µs",
            "100 µs",
            "1 ms",
            "10 ms",
            "100 ms",
            "1 s",
        ]);
        const bytes = new ValueAxis(
            domainOf([
                column(0, [
                    [bucketOf(1), 1],
                    [bucketOf(70000), 1],
                ]),
            ]),
            200,
        );
        expect(bytes.ticks("bytes").map((tick) => tick.label)).toContain("4 KiB");
    });

    it("has no rows without values", () => {
        expect(new ValueAxis(domainOf([]), 100).rows).toHaveLength(0);
    });
});

describe("grid", () => {
    const timeline = { from: 0, step: 1000, slots: 5 };

    it("marks what is missing between two columns but not what has not happened", () => {
        const columns = [column(1000, [[9, 4]]), column(3000, [[9, 2]])];
        const grid = gridOf(columns, timeline, new ValueAxis(domainOf(columns), 100));
        expect([...grid.states]).toEqual([0, PRESENT, MISSING, PRESENT, 0]);
    });

    it("shows no hole where the clock only drifts against the slots", () => {
        for (const period of [991, 998, 1000, 1003, 1012]) {
            const columns = Array.from({ length: 200 }, (_, i) => column(i * period, [[9, 1]], period - 2));
            const { from, step, slots } = liveTimeline(columns, 1000, 0, true);
            const grid = gridOf(columns, { from, step, slots }, new ValueAxis(domainOf(columns), 100));
            expect(grid.states.includes(MISSING), String(period)).toBe(false);
        }
    });

    it("spreads a merged column over its slots and keeps the count", () => {
        const columns = [column(0, [[9, 9]], 3000)];
        const grid = gridOf(columns, timeline, new ValueAxis(domainOf(columns), 100));
        expect([...grid.columns]).toEqual([0, 0, 0, -1, -1]);
        expect(grid.cells.reduce((a, b) => a + b)).toBe(9);
    });
});

describe("time and units", () => {
    it("a live window grows in steps and ends with the newest column", () => {
        const columns = Array.from({ length: 70 }, (_, i) => column(i * 1000, []));
        expect(liveTimeline(columns.slice(0, 10), 1000, 0, false)).toEqual({ from: -50_000, step: 1000, slots: 60 });
        expect(liveTimeline(columns, 1000, 0, false)).toEqual({ from: -50_000, step: 1000, slots: 120 });
        expect(liveTimeline(columns, 1000, 0, true)).toEqual({ from: 0, step: 1000, slots: 70 });
    });

    it.each([
        [999_960, "ns", "1 ms"],
        [4_210_000, "ns", "4.21 ms"],
        [250, "us", "250 µs"],
        [65_536, "bytes", "64 KiB"],
        [-11, "none", "-11"],
        [0, "ns", "0"],
    ] as const)("%d %s reads %s", (value, unit, text) => {
        expect(formatValue(value, unit)).toBe(text);
    });

    it("counts and spans are short", () => {
        expect([41_203, 999, 1_200_000].map(formatCount)).toEqual(["41.2 k", "999", "1.2 M"]);
        expect([41_000, 185_000, 7_800_000].map(duration)).toEqual(["41 s", "3 min 5 s", "2 h 10 min"]);
    });

    it("rates have a round ceiling and a sparkline stays in its box", () => {
        expect([3, 41, 700].map(niceCeiling)).toEqual([4, 50, 800]);
        expect(sparkline([0, 2, 1], 20, 10)).toBe("M0.0 9.0L10.0 1.0L20.0 5.0");
    });
});
