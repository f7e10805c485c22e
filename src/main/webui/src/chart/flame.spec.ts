import { describe, expect, it } from "vitest";
import { depthOf, frameAt, framesOf, matching, ownValue, type Call } from "./flame";

const call = (name: string, value: number, ...children: Call[]): Call => ({ name, value, children });
const work = call("work", 60, call("read", 40, call("lock", 10)), call("write", 15));
const root = call("all", 100, work, call("idle", 40));

describe("a flame graph", () => {
    it("gives each call the width of what it counted, below the one that called it", () => {
        const frames = framesOf([root], 1000);
        const of = (name: string) => frames.find((frame) => frame.call.name === name);
        expect(of("all")).toMatchObject({ left: 0, right: 1, depth: 0 });
        expect(of("idle")).toMatchObject({ left: 0, right: 0.4, depth: 1 });
        expect(of("work")?.left).toBeCloseTo(0.4);
        expect(of("lock")).toMatchObject({ depth: 3 });
        expect((of("lock")?.right ?? 0) - (of("lock")?.left ?? 0)).toBeCloseTo(0.1);
        expect(depthOf(frames)).toBe(4);
    });

    it("shows a chosen call as the whole, over those that led to it", () => {
        const frames = framesOf([root, work], 1000);
        expect(frames[0]).toMatchObject({ above: true, left: 0, right: 1 });
        expect(frames.find((frame) => frame.call === work)).toMatchObject({ left: 0, right: 1, depth: 1 });
        expect(frames.some((frame) => frame.call.name === "idle")).toBe(false);
    });

    it("leaves out what is too thin to see", () => {
        const thin = call("all", 1_000_000, call("rare", 1), call("often", 999_999));
        expect(framesOf([thin], 1000).map((frame) => frame.call.name)).toEqual(["all", "often"]);
    });

    it("finds the call at a place, its own part, and what a search covers, once", () => {
        const frames = framesOf([root], 1000);
        expect(frameAt(frames, 0.45, 1)?.call.name).toBe("work");
        expect(frameAt(frames, 0.45, 9)).toBeNull();
        expect(ownValue(work)).toBe(5);
        const nested = call("all", 10, call("fa", 8, call("fb", 5)));
        expect(matching(nested, "f")).toEqual({ value: 8, calls: 2 });
        expect(matching(nested, "")).toEqual({ value: 0, calls: 0 });
    });

    it("of nothing is nothing", () => {
        expect(framesOf([call("all", 0)], 100)).toEqual([]);
    });
});
