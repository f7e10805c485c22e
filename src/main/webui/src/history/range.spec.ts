import { describe, expect, it } from "vitest";
import { rangeIn, rangeText } from "./range";

describe("the range in an address", () => {
    it("comes back as it was", () => {
        const range = { from: 1_700_000_000_000, to: 1_700_000_060_000 };
        expect(rangeIn(rangeText(range))).toEqual(range);
    });

    it("is whole milliseconds around what was chosen", () => {
        expect(rangeText({ from: 10.7, to: 20.2 })).toBe("?from=10&to=21");
    });

    it("is all when nothing is asked for", () => {
        expect(rangeIn(rangeText(null))).toBeNull();
    });

    it.each(["?from=5", "?from=9&to=9", "?from=9&to=3", "?from=x&to=9", "?from=1e999&to=2e999"])(
        "is all when %s makes no sense",
        (search) => {
            expect(rangeIn(search)).toBeNull();
        },
    );
});
