import { describe, expect, it } from "vitest";
import type { Column } from "../chart/column";
import { afterPick, columnsWithout, EVERYTHING, MOST_HIGHLIGHTS, pickOf, textOf, type Choice } from "./choice";

const one = (id: number) => ({ id, text: `series ${id}` });
const ids = (choice: Choice) => [
    choice.isolated?.id ?? null,
    choice.excluded.map(({ id }) => id),
    choice.highlighted.map(({ id }) => id),
];
const after = (...picks: (readonly [number, "isolate" | "exclude" | "highlight"])[]) =>
    ids(picks.reduce((choice, [id, pick]) => afterPick(choice, one(id), pick), EVERYTHING));

describe("a choice of series", () => {
    it("isolates one and lets it go again", () => {
        expect(after([1, "isolate"])).toEqual([1, [], []]);
        expect(after([1, "isolate"], [2, "isolate"])).toEqual([2, [], []]);
        expect(after([1, "isolate"], [1, "isolate"])).toEqual([null, [], []]);
    });

    it("never has a series both in colour and left out", () => {
        expect(after([1, "highlight"], [2, "highlight"], [1, "exclude"])).toEqual([null, [1], [2]]);
        expect(after([1, "exclude"], [1, "highlight"])).toEqual([null, [], [1]]);
    });

    it("has no more colours than the eye tells apart", () => {
        const all = [1, 2, 3, 4, 5].map((id) => [id, "highlight"] as const);
        expect(after(...all)).toEqual([null, [], [2, 3, 4, 5]]);
        expect(MOST_HIGHLIGHTS).toBe(4);
    });

    it("follows the keys that are held", () => {
        const held = (keys: object) => pickOf({ altKey: false, ctrlKey: false, metaKey: false, ...keys });
        expect([held({}), held({ altKey: true }), held({ ctrlKey: true }), held({ metaKey: true })]).toEqual([
            "isolate",
            "exclude",
            "highlight",
            "highlight",
        ]);
    });

    it("is called by its keys and what they do", () => {
        const ann = { kind: "pid", value: 7, label: "7 postgres · ann" } as const;
        const read = { kind: "syscall", value: 0, label: "read" } as const;
        expect(textOf([ann, read])).toBe("7 postgres · ann · read");
        expect(textOf([{ ...ann, note: "select ?" }])).toBe("7 postgres · ann · select ?");
        expect(textOf([{ ...ann, note: null }, read])).toBe("7 postgres · ann · read");
    });

    it("leaves series out exactly", () => {
        const column = (n: number, buckets: number[], counts: number[]): Column => ({
            t: 0,
            length: 1000,
            n,
            gap: false,
            lost: true,
            buckets,
            counts,
        });
        const [rest] = columnsWithout([column(10, [3, 9], [4, 6])], [[column(4, [3], [4])], [column(1, [9], [1])]]);
        expect(rest).toEqual({ t: 0, length: 1000, n: 5, gap: false, lost: true, buckets: [9], counts: [5] });
    });
});
