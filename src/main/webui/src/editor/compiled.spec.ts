import { describe, expect, it } from "vitest";
import { size } from "./compiled";

describe("compiled programs", () => {
    it("have as many instructions as lines that are no labels", () => {
        const lines = [
            { line: 0, text: "", instructions: ["    0  r0 = 0"] },
            { line: 3, text: "n++", instructions: ["L1:", "    1  r1 = 5", "    2  exit"] },
        ];
        expect(size({ name: "p", hook: "h", lines })).toBe(3);
    });
});
