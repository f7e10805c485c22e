import { describe, expect, it } from "vitest";
import type { Losses } from "../protocol/model";
import { paceOf } from "./pace";

const losses = (hits: number, nanosPerHit: number) => ({ hits, nanosPerHit }) as Losses;

describe("the pace of a run", () => {
    it("is not known at first sight", () => {
        expect(paceOf(undefined, losses(10, 100), 1000)).toEqual({});
    });

    it("is what came since, a second, and its share of a CPU", () => {
        expect(paceOf({ at: 1000, hits: 1_000 }, losses(201_000, 500), 3000)).toEqual({
            perSecond: 100_000,
            cpuPercent: 5,
        });
    });

    it("does not claim a cost that was not measured", () => {
        expect(paceOf({ at: 0, hits: 0 }, losses(50, 0), 1000)).toEqual({ perSecond: 50 });
    });
});
