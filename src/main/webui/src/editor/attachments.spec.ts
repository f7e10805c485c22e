import { describe, expect, it } from "vitest";
import { counted } from "./attachments";

const point = { line: 3, places: 2, slowPlaces: 1, counted: true, hits: 20, perSecond: 100 };

describe("what would be attached", () => {
    it("is known from the check before anything was counted", () => {
        const probes = [
            { text: "syscall.read", kind: "syscall" },
            { text: "syscall.read", kind: "syscall" },
            { text: "begin", kind: "begin" },
        ];
        expect(counted(probes, null)).toEqual([
            { text: "syscall.read", line: 0, points: 2, places: 0, slowPlaces: 0, perSecond: null },
            { text: "begin", line: 0, points: 1, places: 0, slowPlaces: 0, perSecond: null },
        ]);
    });

    it("adds up what was counted at one point, the most frequent first", () => {
        const points = [
            { ...point, text: "timer.s(1)", counted: false, hits: 0, perSecond: 0 },
            { ...point, text: "a" },
            { ...point, text: "a", line: 9 },
            { ...point, text: "b", perSecond: 500 },
        ];
        const estimate = { millis: 200, points, hitsPerSecond: 700, nanosPerHit: 90, cpuPercent: 0.0063 };
        expect(counted([], estimate).map(({ text, perSecond }) => [text, perSecond])).toEqual([
            ["b", 500],
            ["a", 200],
            ["timer.s(1)", null],
        ]);
        expect(counted([], estimate)[1]).toMatchObject({ line: 3, points: 2, places: 4, slowPlaces: 2 });
    });
});
