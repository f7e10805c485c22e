import { describe, expect, it } from "vitest";
import { closed, option, result } from "./completion";

const item = (label: string, kind: string, detail = "", apply = label) => ({
    label,
    kind,
    detail,
    apply,
    documentation: "",
});

describe("completion", () => {
    it("narrows a complete list of words by itself, but asks again about probe points", () => {
        expect(result({ from: 3, complete: true, items: [item("pid", "function")] }).validFor).toBeInstanceOf(RegExp);
        expect(result({ from: 3, complete: false, items: [item("pid", "function")] }).validFor).toBeUndefined();
        const points = result({ from: 3, complete: true, items: [item("process.begin", "probe")] });
        expect(points.validFor).toBeUndefined();
        expect(points.filter).toBe(false);
    });

    it("shows a signature without the name that stands beside it", () => {
        expect(option(item("pid", "function", "pid:long ()")).detail).toBe(":long ()");
        expect(option(item("$return", "context", "long")).detail).toBe("long");
        expect(option(item("if", "keyword", "if (c) s")).detail).toBeUndefined();
    });

    it("takes the place of closing signs that came with the opening ones", () => {
        expect(closed('kernel.trace("x")', '")')).toBe(2);
        expect(closed("timer.s(${N})", ") ")).toBe(1);
        expect(closed("pid()", " )")).toBe(0);
        expect(closed("latency[${}]", ")")).toBe(0);
    });
});
