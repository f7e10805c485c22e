import { describe, expect, it } from "vitest";
import { ramp } from "../chart/palette";
import { thumbnail } from "./thumbnail";

const column = (buckets: readonly (readonly [number, number])[]) => ({ t: 0, n: 1, gap: false, buckets });
const coverage = { from: 0, to: 1, coarsest: "second" as const, finest: "second" as const };
const answer = (columns: ReturnType<typeof column>[]) => ({
    from: 0,
    to: 1,
    stepMillis: 1,
    precision: 3,
    coverage,
    columns,
});

describe("a thumbnail", () => {
    it("has a pixel for each cell, the most frequent in the strongest colour", () => {
        const colours = ramp(true);
        const made = thumbnail(answer([column([[3, 1]]), column([]), column([[5, 100]])]), colours);
        expect(made).toMatchObject({ width: 3, height: 3 });
        expect(made?.pixels[2 * 3 + 0]).toBe(colours[Math.round((Math.log(2) / Math.log(101)) * 255)]);
        expect(made?.pixels[0 * 3 + 2]).toBe(colours[255]);
        expect([...(made?.pixels ?? [])].filter((pixel) => pixel !== 0)).toHaveLength(2);
    });

    it("of nothing is none", () => {
        expect(thumbnail(answer([column([]), column([])]), ramp(false))).toBeNull();
    });
});
