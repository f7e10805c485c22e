import { describe, expect, it } from "vitest";
import { differences } from "./explain";

const row = (series: number, label: string, inside: number, rest: number) => ({
    series,
    keys: [{ kind: "pid" as const, value: series, label }],
    inside,
    rest,
});

describe("explaining a selection", () => {
    const answer = {
        inside: 200,
        rest: 1000,
        splits: [
            { facet: "full" as const, series: 2, rows: [row(1, "1 · read", 100, 500), row(2, "1 · wait", 100, 500)] },
            { facet: "pid" as const, series: 2, rows: [row(3, "1", 100, 500), row(4, "2", 100, 500)] },
            { facet: "syscall" as const, series: 3, rows: [row(5, "wait", 190, 100), row(6, "open", 5, 2)] },
        ],
    };

    it("turns counts into shares of the selection and of the rest", () => {
        const wait = differences(answer)
            .flatMap(({ rows }) => rows)
            .find(({ text }) => text === "wait");
        expect(wait).toMatchObject({ insideShare: 0.95, restShare: 0.1, weak: false });
    });

    it("puts the kind of key that tells most first and marks what there is too little of", () => {
        const groups = differences(answer);
        expect(groups[0]?.facet).toBe("syscall");
        expect(groups[0]?.weight).toBeCloseTo(0.85);
        expect(groups[0]?.rows[1]?.weak).toBe(true);
    });

    it("leaves the whole key out where it has one part", () => {
        const single = { ...answer, splits: answer.splits.slice(0, 2) };
        expect(differences(single).map(({ facet }) => facet)).toEqual(["pid"]);
    });

    it("is calm about an empty selection", () => {
        const empty = {
            inside: 0,
            rest: 0,
            splits: [{ ...answer.splits[0], facet: "pid" as const, series: 1, rows: [row(1, "1", 0, 0)] }],
        };
        expect(differences(empty)[0]?.rows[0]?.insideShare).toBe(0);
    });
});
