import { describe, expect, it } from "vitest";
import { domainOf, ValueAxis, zoomedDomain } from "./axis";
import { bucketOf } from "./buckets";
import { Ceiling, ceilingOf, intensity, Levels, measureAt, SCALES } from "./colourScale";
import type { Column } from "./column";
import { GridMemory, gridOf, type Grid } from "./grid";
import { legendStops } from "./heatmap";
import { greys, hues, LEVELS, ramp } from "./palette";
import { CellRaster } from "./raster";

function gridWith(counts: readonly number[], rows = 1): Grid {
    const slots = counts.length / rows;
    const cells = Float32Array.from(counts);
    const sums = Float32Array.from({ length: slots }, (_, slot) =>
        cells.subarray(slot * rows, (slot + 1) * rows).reduce((a, b) => a + b, 0),
    );
    const [states, columns, fresh] = [new Uint8Array(slots), new Int32Array(slots), new Uint8Array(slots).fill(1)];
    return { slots, rows, cells, sums, states, columns, shift: 0, fresh };
}

function painted(grid: Grid, highlights: readonly Grid[], levels: Levels, dark: boolean): number[] {
    const raster = new CellRaster();
    raster.resize(grid.slots, grid.rows, new Uint32Array(grid.slots * grid.rows));
    raster.update(grid, highlights, levels, dark);
    return [...raster.pixels];
}

const column = (t: number, bucket: number, count: number): Column => ({
    t,
    length: 1000,
    n: count,
    gap: false,
    lost: false,
    buckets: [bucket],
    counts: [count],
});

describe("colour scales", () => {
    it("take the brightest colour from the 99.5th percentile, at rest while little changes", () => {
        const grid = gridWith(Array.from({ length: 1000 }, (_, i) => (i === 999 ? 1e6 : 10)));
        expect(ceilingOf(grid, "log")).toBe(10);
        const ceiling = new Ceiling();
        expect(ceiling.update(100, 0)).toBe(100);
        expect(ceiling.update(115, 5000)).toBe(100);
        expect(ceiling.update(200, 5000)).toBe(200);
        expect(ceiling.update(400, 6000)).toBe(200);
        expect(ceiling.update(400, 7000)).toBe(400);
    });

    it.each(SCALES)("%s rises with the count, from the least to the greatest level", (scale) => {
        const grid = gridWith([1, 5, 50, 500, 5000, 50_000], 6);
        const levels = new Levels().prepare(grid, scale, 0, ceilingOf(grid, scale));
        const all = [...grid.cells].map((count) => levels.of(count, grid.sums[0] ?? 0));
        expect(all).toEqual([...all].sort((a, b) => a - b));
        expect(all.at(-1)).toBe(LEVELS - 1);
    });

    it("linear is proportional, log shows a few beside many, share does not know the load", () => {
        expect(intensity(50, 0, 100, "linear")).toBe(0.5);
        expect(intensity(50, 0, 1_000_000, "log")).toBeGreaterThan(0.25);
        const grid = gridWith([1, 3, 100, 300], 2);
        const levels = new Levels().prepare(grid, "share", 0, 1);
        expect(levels.of(1, 4)).toBe(levels.of(100, 400));
    });

    it("ranks do not care by how much one outweighs the others", () => {
        const of = (last: number) => new Levels().prepare(gridWith([1, 2, last]), "rank", 0, 1).of(2, 0);
        expect(of(3)).toBe(of(1e6));
    });

    it("are the same through the table of small counts and beyond it", () => {
        const levels = new Levels().prepare(gridWith([1]), "log", 0, 5000);
        const direct = (count: number) => Math.round(intensity(count, 0, 5000, "log") * (LEVELS - 1));
        for (const count of [1, 2.5, 17, 1023, 1024, 1025, 4999, 9999]) {
            expect(levels.of(count, 0), String(count)).toBe(direct(count));
        }
    });

    it("read back the measure of a place on the legend", () => {
        for (const scale of ["log", "linear"] as const) {
            for (const part of [0, 0.25, 0.5, 1]) {
                expect(intensity(measureAt(part, 3, 700, scale), 3, 700, scale)).toBeCloseTo(part);
            }
        }
    });

    it("label the legend with what its colours mean", () => {
        expect(legendStops(0, 1000, "log").map(({ label }) => label)).toEqual(["1", "31", "≥ 1 k"]);
        expect(legendStops(10, 1000, "linear").map(({ label }) => label)).toEqual(["≤ 10", "505", "≥ 1 k"]);
        expect(legendStops(0, 0.25, "share").map(({ label }) => label)).toEqual(["0 %", "13 %", "≥ 25 %"]);
    });
});

describe("raster", () => {
    it("leaves empty cells transparent and draws rows from the top", () => {
        const grid = gridWith([0, 7], 2);
        const levels = new Levels().prepare(grid, "log", 0, 7);
        expect(painted(grid, [], levels, true)).toEqual([ramp(true)[LEVELS - 1], 0]);
    });

    it("shows highlighted series in hues over grey; where two meet the greater one", () => {
        const whole = gridWith([9, 9, 9]);
        const first = gridWith([5, 1, 0]);
        const second = gridWith([4, 8, 0]);
        const levels = new Levels().prepare(whole, "log", 0, 9);
        const [one, other] = hues(false);
        const pixels = painted(whole, [first, second], levels, false);
        expect(pixels).toEqual([one?.[levels.of(5, 9)], other?.[levels.of(8, 9)], greys(false)[LEVELS - 1]]);
    });

    it("uses the memory of the last frame and nothing that was in it", () => {
        const memory = new GridMemory();
        const timeline = { from: 0, step: 1000, slots: 4 };
        const axis = new ValueAxis(domainOf([column(0, 9, 1), column(0, 40, 1)]), 100);
        const before = gridOf([column(0, 9, 5), column(1000, 40, 5)], timeline, axis, memory);
        const after = gridOf([column(2000, 9, 3)], timeline, axis, memory);
        expect(after.cells).toBe(before.cells);
        const fresh = gridOf([column(2000, 9, 3)], timeline, axis);
        expect([after.cells, after.states, after.columns, after.sums]).toEqual([
            fresh.cells,
            fresh.states,
            fresh.columns,
            fresh.sums,
        ]);
    });
});

describe("a zoomed value axis", () => {
    const whole = domainOf([column(0, bucketOf(100), 1), column(0, bucketOf(1e9), 1), column(0, 0, 1)]);

    it("has rows for the chosen buckets only", () => {
        const axis = new ValueAxis(zoomedDomain(whole, bucketOf(1000), bucketOf(1e6)), 300);
        expect(axis.rows[0]?.first).toBe(bucketOf(1000));
        expect(axis.rows.at(-1)?.last).toBe(bucketOf(1e6));
        expect(axis.rowOf(0)).toBe(-1);
    });

    it("is the whole where nothing would be left", () => {
        expect(zoomedDomain(whole, -50, -40)).toBe(whole);
    });

    it("marks the powers of two while they are apart", () => {
        const axis = new ValueAxis(whole, 400);
        expect(axis.minorTicks().length).toBeGreaterThan(10);
        expect(new ValueAxis(whole, 40).minorTicks()).toEqual([]);
    });
});
