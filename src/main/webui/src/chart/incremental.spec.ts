import { describe, expect, it } from "vitest";
import { domainOf, ValueAxis, zoomedDomain } from "./axis";
import { ceilingOf, Levels, SCALES, type Scale } from "./colourScale";
import type { Column, Timeline } from "./column";
import { GridMemory, gridOf } from "./grid";
import { LineRaster } from "./lineRaster";
import { QuantileLines, rasterLines } from "./quantileLines";
import { CellRaster } from "./raster";

const STEP = 1000;
const HEIGHT = 160;

/** Numbers from 0 up to 1, the same in every run (Marsaglia's xorshift). */
class Chance {
    constructor(private state: number) {}

    next(): number {
        this.state ^= this.state << 13;
        this.state ^= this.state >>> 17;
        this.state ^= this.state << 5;
        return (this.state >>> 0) / 2 ** 32;
    }

    below(limit: number): number {
        return Math.floor(this.next() * limit);
    }

    is(probability: number): boolean {
        return this.next() < probability;
    }
}

/** A column as a run has them: late or early by a little, a gap, a merged one, with values on both sides of zero. */
function columnAfter(t: number, chance: Chance): Column {
    const length = chance.is(0.1) ? STEP * (2 + chance.below(4)) : STEP + (chance.is(0.3) ? chance.below(40) - 20 : 0);
    const gap = chance.is(0.05);
    const buckets: number[] = [];
    const counts: number[] = [];
    for (let bucket = -12; bucket < 90 && !gap; bucket += 1 + chance.below(6)) {
        buckets.push(bucket);
        counts.push(chance.is(0.05) ? 5_000 + chance.below(20_000) : 1 + chance.below(60));
    }
    const n = counts.reduce((sum, count) => sum + count, 0);
    return { t, length, n, gap, lost: chance.is(0.1), buckets, counts };
}

interface Look {
    readonly scale: Scale;
    readonly high: number;
    readonly dark: boolean;
    readonly axis: ValueAxis;
    readonly width: number;
    readonly density: number;
}

/** What a painter keeps from frame to frame, without a canvas. */
class Stand {
    readonly memory = new GridMemory();
    readonly highlightMemory = new GridMemory();
    readonly levels = new Levels();
    readonly cells = new CellRaster();
    readonly quantiles = new QuantileLines();
    readonly lines = new LineRaster();
    private size = "";
    private lineSize = "";

    draw(columns: readonly Column[], highlight: readonly Column[] | null, timeline: Timeline, look: Look) {
        const { axis, density, dark } = look;
        const grid = gridOf(columns, timeline, axis, this.memory);
        const highlights = highlight ? [gridOf(highlight, timeline, axis, this.highlightMemory)] : [];
        if (this.size !== `${grid.slots} ${grid.rows}`) {
            this.size = `${grid.slots} ${grid.rows}`;
            this.cells.resize(grid.slots, grid.rows, new Uint32Array(grid.slots * grid.rows));
        }
        this.cells.update(grid, highlights, this.levels.prepare(grid, look.scale, 0, look.high), dark);
        const [width, height] = [Math.round(look.width * density), Math.round(HEIGHT * density)];
        if (this.lineSize !== `${width} ${height}`) {
            this.lineSize = `${width} ${height}`;
            this.lines.resize(width, height, new Uint32Array(width * height));
        }
        rasterLines(this.lines, this.quantiles.update(columns, axis, grid, false), density, dark);
        return grid;
    }
}

function differences(one: ArrayLike<number>, other: ArrayLike<number>): number {
    let found = Math.abs(one.length - other.length);
    for (let i = 0; i < one.length; i++) {
        found += Number(one[i] !== other[i]);
    }
    return found;
}

describe("a frame made from the one before", () => {
    it.each([1, 2, 3, 4, 5, 6])("is the frame made from nothing, pixel for pixel (seed %i)", (seed) => {
        const chance = new Chance(seed * 7919);
        const columns: Column[] = [];
        const other: Column[] = [];
        let t = 0;
        const add = () => {
            columns.push(columnAfter(t, chance));
            other.push(columnAfter(t, chance));
            // Now and then nothing comes for a while, or the clock comes a little late.
            t += (columns.at(-1)?.length ?? STEP) + (chance.is(0.05) ? STEP * chance.below(5) : chance.below(30));
            if (columns.length > 80) {
                columns.shift();
                other.shift();
            }
        };
        while (columns.length < 20) {
            add();
        }
        const stand = new Stand();
        let slots = 60;
        let zoom: readonly [number, number] | null = null;
        let look = {
            scale: "log" as Scale,
            high: 100,
            dark: true,
            axis: new ValueAxis(domainOf(columns), HEIGHT),
            width: 150,
            density: 1,
        };
        let back = 0;
        let highlighted = false;
        let reused = 0;
        for (let frame = 0; frame < 150; frame++) {
            for (let fresh = chance.below(3); fresh > 0; fresh--) {
                add();
            }
            slots = chance.is(0.03) ? 20 + chance.below(80) : slots;
            back = chance.is(0.05) ? chance.below(30) : chance.is(0.2) ? 0 : back;
            zoom = chance.is(0.03) ? [chance.below(30) - 15, 30 + chance.below(60)] : chance.is(0.05) ? null : zoom;
            highlighted = chance.is(0.05) ? !highlighted : highlighted;
            const reach = domainOf(columns);
            const domain = zoom ? zoomedDomain(reach, zoom[0], zoom[1]) : reach;
            if (JSON.stringify(domain) !== JSON.stringify(look.axis.domain)) {
                look = { ...look, axis: new ValueAxis(domain, HEIGHT) };
            }
            if (chance.is(0.05)) {
                const scale = SCALES[chance.below(SCALES.length)] ?? "log";
                look = { ...look, scale, high: scale === "share" ? 0.3 : 20 + chance.below(500), dark: chance.is(0.5) };
            }
            if (chance.is(0.03)) {
                look = { ...look, width: 60 + chance.below(300), density: 1 + chance.below(3) / 2 };
            }
            const step = chance.is(0.02) ? STEP * 2 : STEP;
            const end = (columns.at(-1)?.t ?? 0) + (columns.at(-1)?.length ?? 0);
            const timeline = { from: end - (slots + back) * step, step, slots };
            const highlight = highlighted ? other : null;
            const grid = stand.draw(columns, highlight, timeline, look);
            reused += grid.fresh.filter((one) => one === 0).length / slots;
            const whole = new Stand();
            const anew = whole.draw(columns, highlight, timeline, look);
            const place = `frame ${frame}`;
            for (const part of ["cells", "states", "columns", "sums"] as const) {
                expect(differences(grid[part], anew[part]), `${part} of ${place}`).toBe(0);
            }
            expect(differences(stand.cells.pixels, whole.cells.pixels), place).toBe(0);
            expect(differences(stand.lines.pixels, whole.lines.pixels), place).toBe(0);
            expect(
                anew.cells.some((count) => count > 0),
                place,
            ).toBe(true);
        }
        expect(reused / 150).toBeGreaterThan(0.5);
    });

    it("paints one slot when one column has come", () => {
        const columns = Array.from({ length: 50 }, (_, i) => ({
            ...columnAfter(i * STEP, new Chance(i + 1)),
            length: STEP,
        }));
        const memory = new GridMemory();
        const axis = new ValueAxis(domainOf(columns), HEIGHT);
        gridOf(columns.slice(0, 40), { from: 0, step: STEP, slots: 40 }, axis, memory);
        const grid = gridOf(columns.slice(0, 41), { from: STEP, step: STEP, slots: 40 }, axis, memory);
        expect(grid.shift).toBe(1);
        expect([...grid.fresh]).toEqual([...new Array<number>(39).fill(0), 1]);
        expect(ceilingOf(grid, "log")).toBeGreaterThan(0);
    });
});

describe("the lines of percentiles", () => {
    const drawn = (heights: readonly number[], width: number, on = 1, off = 0) => {
        const raster = new LineRaster();
        raster.resize(width, 20, new Uint32Array(width * 20));
        raster.begin(true);
        raster.line(Float32Array.from(heights), 1, 0.5, on, off);
        const alpha = (x: number, y: number) => (raster.pixels[y * width + x] ?? 0) >>> 24;
        return { alpha, column: (x: number) => Array.from({ length: 20 }, (_, y) => alpha(x, y)) };
    };

    it("cover what a line of their thickness covers", () => {
        const { column } = drawn([5.25, 5.25], 4);
        for (let x = 0; x < 4; x++) {
            expect(column(x).reduce((sum, one) => sum + one, 0) / 255).toBeCloseTo(1, 1);
            expect(column(x)[4]).toBeCloseTo(0.25 * 255, -1);
            expect(column(x)[5]).toBeCloseTo(0.75 * 255, -1);
        }
    });

    it("have no hole where they are steep, break where nothing is known, and leave out their dashes", () => {
        const steep = drawn([2, 18], 2);
        expect([steep.column(0), steep.column(1)].map((one) => one.filter((alpha) => alpha > 200).length)).toEqual([
            8, 8,
        ]);
        const broken = drawn([5.5, NaN, 5.5], 3);
        expect([0, 1, 2].map((x) => broken.alpha(x, 5))).toEqual([255, 0, 255]);
        const dashed = drawn(new Array<number>(12).fill(5.5), 12, 2, 1);
        expect(Array.from({ length: 6 }, (_, x) => dashed.alpha(x, 5))).toEqual([255, 255, 0, 255, 255, 0]);
    });
});
