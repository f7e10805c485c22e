import { describe, expect, it } from "vitest";
import { path } from "../editor/rateGutter";
import { feedingLine } from "./lineRates";

describe("the line that feeds a global", () => {
    const script = `global lat, latency, n // lat <<< 5
probe process.syscall.return {
    latency[pid(), $syscall] <<< 1
    lat <<< $return; ++n
}
probe end { print(@count(lat)) }`;

    it("is the first that writes into it, in any of the ways", () => {
        expect(feedingLine(script, "lat", 1)).toBe(4);
        expect(feedingLine(script, "latency", 1)).toBe(3);
        expect(feedingLine(script, "n", 1)).toBe(4);
        expect(feedingLine("global c\nprobe begin { c[1]++ }", "c", 1)).toBe(2);
        expect(feedingLine("global c\nprobe begin { c += 2 }", "c", 1)).toBe(2);
    });

    it("is that of the declaration when none is found", () => {
        expect(feedingLine(script, "other", 7)).toBe(7);
    });
});

describe("a sparkline", () => {
    it("begins at nothing and ends at the last value", () => {
        expect(path([0, 5, 10])).toBe("M0.0 13.0L22.0 7.0L44.0 1.0");
        expect(path([])).toBe("");
    });
});
