import { TreeFragment, type Tree } from "@lezer/common";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parserFor } from "./parser";

const root = fileURLToPath(new URL("../../../../../..", import.meta.url));

/** The machine that the tests of the compiler parse for. */
const OPTIONS: Readonly<Record<string, string>> = {
    CONFIG_SMP: "y",
    CONFIG_HZ: "250",
    CONFIG_EXT4_FS: "m",
    CONFIG_NR_CPUS: "64",
};
const parser = parserFor({
    kernelRelease: "6.18.44-test",
    architecture: "x86_64",
    kernelOption: (name) => OPTIONS[name] ?? "",
});

/** What the compiler's parser refuses and no grammar can: rules about more than the order of words. */
const BEYOND_A_GRAMMAR: Readonly<Record<string, readonly string[]>> = {
    "how many arguments the script is called with": ["argument-too-high", "argument-zero", "missing-argument"],
    "where return, break and continue mean something": [
        "break-outside-loop",
        "return-in-probe",
        "break-outside",
        "break-with-number",
        "return-in-probe",
    ],
    "which operators and macros there are": ["macro-misspelt", "statistic-misspelt", "unknown-operator"],
    "what a macro stands for": [
        "macro-arguments",
        "macro-body",
        "macro-recursive",
        "macro-redefined",
        "macro-too-large",
        "nested-macros-too-deep",
    ],
    "what an alias may be called and where memory may be written": ["alias-name-with-argument", "write-to-memory"],
    "sizes and depths": [
        "array-size-zero-keys",
        "expression-too-long",
        "nested-blocks-too-deep",
        "nested-conditionals-too-deep",
        "nested-else-if-too-deep",
        "nested-too-deep",
        "too-many-alternatives",
    ],
    "names that begin statements in other languages": ["do-while", "echo", "throw"],
};

interface Verdict {
    readonly file: string;
    /** Whether the compiler's parser refuses it, as its own tests check. */
    readonly refused: boolean;
}

/** Scripts that the Java tests parse, run or offer. */
const ACCEPTED = [
    "src/main/resources/tapset",
    "src/main/resources/tools",
    "src/test/resources/golden/plans",
    "src/test/resources/scripts",
];
const SYNTAX = "src/test/resources/golden/diagnostics/syntax";
const ANALYSIS = "src/test/resources/golden/diagnostics/analysis";

const read = (file: string) => readFileSync(join(root, file), "utf8");
const scripts = (folder: string) =>
    readdirSync(join(root, folder))
        .filter((name) => name.endsWith(".stp"))
        .map((name) => `${folder}/${name}`);

/** The golden cases beside what the compiler says of them: lexical and syntax errors come from its parser. */
function golden(folder: string, error: RegExp): Verdict[] {
    return scripts(folder).map((file) => ({ file, refused: error.test(read(file.replace(/stp$/, "txt"))) }));
}

const verdicts: readonly Verdict[] = [
    ...ACCEPTED.flatMap(scripts).map((file) => ({ file, refused: false })),
    ...golden(SYNTAX, /^error\[/m),
    ...golden(ANALYSIS, /^error\[E0[12]/m),
];

/** What stands before and behind the first place that the grammar has no rule for. */
function firstError(text: string): string | null {
    const places: number[] = [];
    parser.parse(text).iterate({ enter: (node) => void (node.type.isError && places.push(node.from)) });
    const at = places[0];
    return at === undefined ? null : `${text.slice(Math.max(0, at - 30), at)}⟨here⟩${text.slice(at, at + 30)}`;
}

const name = (file: string) => file.replace(/.*\/|\.stp$/g, "");

describe("the grammar of the editor", () => {
    it("reads every script that the compiler reads", () => {
        const accepted = verdicts.filter(({ refused }) => !refused);
        expect(accepted.length).toBeGreaterThan(300);
        const wrong = accepted.map(({ file }) => ({ file, error: firstError(read(file)) }));
        expect(wrong.filter(({ error }) => error !== null)).toEqual([]);
    });

    it("marks an error in every script that the compiler refuses, but for rules beyond a grammar", () => {
        const refused = verdicts.filter(({ refused }) => refused);
        expect(refused.length).toBeGreaterThan(200);
        const missed = refused.filter(({ file }) => firstError(read(file)) === null).map(({ file }) => name(file));
        expect(missed.sort()).toEqual(Object.values(BEYOND_A_GRAMMAR).flat().sort());
    });

    it("reads the branch of a conditional that the machine takes, whatever is in the other", () => {
        const script = (arch: string) => `%( arch == "${arch}" %? global a %: ) %) probe begin { }`;
        expect(firstError(script("x86_64"))).toBeNull();
        expect(firstError(script("riscv"))).not.toBeNull();
        expect(firstError(`%( kernel_v < "3.10" %? ) %) global a`)).toBeNull();
        expect(firstError(`%( kernel_v >= "3.10" %? global a`)).not.toBeNull();
        expect(firstError(`global a %: global b`)).not.toBeNull();
    });

    it("gives the same tree when a change is read on top of the tree before", () => {
        for (const { file } of verdicts.filter(({ file }) => file.includes("/scripts/"))) {
            const text = read(file);
            const at = Math.floor(text.length / 2);
            const inserted = ` %( arch == "x86_64" %? x = 1 `;
            const changed = text.slice(0, at) + inserted + text.slice(at);
            const known = TreeFragment.applyChanges(TreeFragment.addTree(parser.parse(text)), [
                { fromA: at, toA: at, fromB: at, toB: at + inserted.length },
            ]);
            expect(nodes(parser.parse(changed, known)), file).toEqual(nodes(parser.parse(changed)));
        }
    });
});

function nodes(tree: Tree): string[] {
    const found: string[] = [];
    tree.iterate({ enter: (node) => void found.push(`${node.name} ${node.from} ${node.to}`) });
    return found;
}
