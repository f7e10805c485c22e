import { describe, expect, it } from "vitest";
import { samePlace } from "./format";

describe("formatting", () => {
    it("keeps the cursor behind the same characters", () => {
        const [before, after] = ["probe begin{x=1}", "probe begin {\n    x = 1\n}\n"];
        expect(after.slice(0, samePlace(before, after, before.indexOf("=")))).toBe("probe begin {\n    x");
        expect(samePlace(before, after, 0)).toBe(0);
        expect(samePlace(before, after, before.length)).toBe(after.length - 1);
    });
});
