import { describe, expect, it } from "vitest";
import {
    comparingPath,
    CURVE,
    deviate,
    evidence,
    formatRatio,
    rankName,
    ratioOctaves,
    readComparing,
    type Shift,
} from "./compare";

const exact = (value: number) => ({ value, low: value, high: value });
const shift = (q: number, a: number, b: number): Shift => ({
    q,
    a: exact(a),
    b: exact(b),
    ratio: exact(b / a),
    difference: exact(b - a),
    certain: a !== b,
});

describe("the address of a comparison", () => {
    it("says everything and is read back", () => {
        const comparing = {
            a: { id: "one", agg: 1, from: 1000, to: 2000 },
            b: { id: "two", agg: 0, from: null, to: null },
            facet: "pid",
        };
        const path = comparingPath(comparing);
        expect(readComparing(path.slice(path.indexOf("?")))).toEqual(comparing);
        expect(comparingPath({ a: null, b: null, facet: "" })).toBe("/compare");
    });

    it("takes two ranges of one capture", () => {
        expect(readComparing("?a=x&aAgg=2&aFrom=1&aTo=2&bFrom=3&bTo=4").b).toEqual({ id: "x", agg: 2, from: 3, to: 4 });
    });

    it("is not troubled by nonsense", () => {
        expect(readComparing("?aFrom=soon")).toEqual({ a: null, b: null, facet: "" });
        expect(readComparing("?a=x&aFrom=-1&aAgg=1.5").a).toEqual({ id: "x", agg: 0, from: null, to: null });
    });
});

describe("deviates", () => {
    it("are those of the tables", () => {
        for (const [q, expected] of [
            [0.5, 0],
            [0.9, 1.2815516],
            [0.975, 1.959964],
            [0.99, 2.3263479],
            [0.999, 3.0902323],
            [0.001, -3.0902323],
        ] as const) {
            expect(deviate(q)).toBeCloseTo(expected, 5);
        }
    });

    it("grow along the curve", () => {
        const places = CURVE.map(deviate);
        expect([...places].sort((a, b) => a - b)).toEqual(places);
    });
});

describe("the scale of ratios", () => {
    it("shows at least half to twice and as much as there is", () => {
        expect(ratioOctaves([])).toBe(1);
        expect(ratioOctaves([shift(0.5, 10, 15)])).toBe(1);
        expect(ratioOctaves([shift(0.5, 10, 15), shift(0.99, 10, 90)])).toBe(4);
        expect(ratioOctaves([shift(0.5, 80, 10)])).toBe(3);
    });
});

describe("words", () => {
    it("name ranks and ratios", () => {
        expect([0.5, 0.99, 0.999, 0.9999].map(rankName)).toEqual(["p50", "p99", "p99.9", "p99.99"]);
        expect([1.4049, 0.333333, 1234.5].map(formatRatio)).toEqual(["×1.4", "×0.333", "×1235"]);
    });

    it("weigh a key by what is beyond its error", () => {
        expect(evidence([])).toBe(0);
        expect(evidence([shift(0.5, 1, 1), shift(0.99, 10, 10)])).toBe(0);
        expect(evidence([shift(0.99, 10, 40)])).toBe(2);
        const uncertain: Shift = { ...shift(0.99, 10, 40), ratio: { value: 4, low: 2, high: 8 } };
        expect(evidence([uncertain])).toBe(1);
    });
});
