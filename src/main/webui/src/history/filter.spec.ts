import { describe, expect, it } from "vitest";
import { filterPath, isNarrowed, NO_FILTER, readFilter } from "./filter";

describe("the address of a search", () => {
    it("says everything and is read back", () => {
        const filter = { query: "read 慢 &x", tag: "nightly", host: "db 1", key: "futex", from: 1000, to: null };
        const path = filterPath(filter);
        expect(readFilter(path.slice(path.indexOf("?")))).toEqual(filter);
        expect(isNarrowed(filter)).toBe(true);
    });

    it("is plain when nothing is asked for", () => {
        expect(filterPath(NO_FILTER)).toBe("/captures");
        expect(readFilter("?from=yesterday")).toEqual(NO_FILTER);
        expect(isNarrowed({ ...NO_FILTER, query: "x" })).toBe(false);
    });
});
