import { describe, expect, it } from "vitest";
import { lineDiff } from "./lineDiff";
import { given, parametersOf } from "./parameters";
import { REVISIONS, titleOf, withRevision, type Revision } from "./scriptDocument";
import { isShared, linkOf, sharedIn } from "./shareLink";

describe("parameters of a script", () => {
    it("are those that its code names, with what its comments say of them", () => {
        const script = `// $1: threshold in ms
# @2: name of the program
global s = "@9 is no argument" /* $8 neither */
probe timer.ms($1) { if (execname() == @2) println($1) } // $7`;
        expect(parametersOf(script)).toEqual([
            { number: 1, text: false, meaning: "threshold in ms", optional: false },
            { number: 2, text: true, meaning: "name of the program", optional: false },
        ]);
    });

    it("may be left out when the script asks how many there are", () => {
        expect(parametersOf("global t = %( $# > 0 %? $1 %: 10 %)")).toEqual([
            { number: 1, text: false, meaning: "", optional: true },
        ]);
        expect(parametersOf("probe begin { }")).toEqual([]);
    });

    it("are sent up to the last that has a value", () => {
        const parameters = parametersOf("probe begin { println($1, @2, $3) }");
        expect(given(["5", "", ""], parameters)).toEqual(["5"]);
        expect(given(["", "a b ", "", "stale"], parameters)).toEqual(["", "a b"]);
    });
});

describe("a script", () => {
    it("is called after its first comment", () => {
        expect(titleOf("// Slow system calls: each one.\nprobe begin {}")).toBe("Slow system calls");
        expect(titleOf("\n# 慢系统调用。更多")).toBe("慢系统调用");
        expect(titleOf("/* reads */ global a")).toBe("reads");
        expect(titleOf("// $1: threshold\n// @2: name\nglobal a // no title")).toBe("");
        expect(titleOf("// $1: threshold\n// Slow reads")).toBe("Slow reads");
        expect(titleOf("probe begin {}")).toBe("");
    });

    it("keeps each text that ran once, the oldest go", () => {
        let kept: readonly Revision[] = [];
        for (let at = 0; at < REVISIONS + 5; at++) {
            kept = withRevision(kept, { at, text: `text ${at}`, arguments: [] });
            kept = withRevision(kept, { at: at + 0.5, text: `text ${at}`, arguments: [] });
        }
        expect(kept.map(({ at }) => at)).toEqual(Array.from({ length: REVISIONS }, (_, index) => index + 5));
        expect(withRevision(kept, { at: 99, text: kept.at(-1)?.text ?? "", arguments: ["1"] }).at(-1)?.at).toBe(99);
    });
});

describe("a comparison by lines", () => {
    const show = (before: string, after: string) =>
        lineDiff(before, after).map(({ kind, text }) => `${{ same: " ", removed: "-", added: "+" }[kind]}${text}`);

    it("tells what went and what came", () => {
        expect(show("a\nb\nc", "a\nx\nc")).toEqual([" a", "-b", "+x", " c"]);
        expect(show("a\nb", "a\nb")).toEqual([" a", " b"]);
        expect(show("", "a")).toEqual(["-", "+a"]);
    });

    it("gives both texts back, whatever they are", () => {
        let seed = 7;
        const random = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
        for (let round = 0; round < 300; round++) {
            const text = () => Array.from({ length: random(12) }, () => "abc"[random(3)]).join("\n");
            const [before, after] = [text(), text()];
            const lines = lineDiff(before, after);
            const side = (skip: string) => lines.filter(({ kind }) => kind !== skip).map(({ text }) => text);
            expect(side("added").join("\n")).toBe(before);
            expect(side("removed").join("\n")).toBe(after);
            const numbers = lines.flatMap(({ after: number }) => (number === null ? [] : [number]));
            expect(numbers).toEqual(numbers.map((_, index) => index + 1));
        }
    });
});

describe("a share link", () => {
    const shared = {
        name: "读取",
        text: 'probe begin { println("<b>é</b>") }\n'.repeat(40),
        arguments: ["5", "a b"],
        target: { pid: 7 },
        durationSeconds: 30,
    };

    it("brings back all it was made of", async () => {
        const link = new URL(await linkOf("http://127.0.0.1:8080", shared));
        expect(link.pathname + link.search).toBe("/");
        expect(isShared(link.hash)).toBe(true);
        expect(link.href.length).toBeLessThan(400);
        expect(await sharedIn(link.hash)).toEqual(shared);
    });

    it("that is damaged or holds something else brings nothing", async () => {
        const { hash } = new URL(await linkOf("http://localhost", shared));
        expect(await sharedIn(hash.slice(0, -9))).toBeNull();
        expect(await sharedIn("#script=%%%")).toBeNull();
        const other = new URL(await linkOf("http://localhost", { ...shared, text: 5 as unknown as string }));
        expect(await sharedIn(other.hash)).toBeNull();
    });

    it("that unpacks to more than a script may be brings nothing", async () => {
        const bomb = new URL(await linkOf("http://localhost", { ...shared, text: "x".repeat(3_000_000) }));
        expect(await sharedIn(bomb.hash)).toBeNull();
    });
});
