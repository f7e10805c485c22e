import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { en } from "./en";
import { zhHans } from "./zh-Hans";

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

/** The same in every language. */
const NAMES = /Stapscope|SystemTap|Linux|PostgreSQL|exit\(\)/g;

/** Text of a component that is neither code, nor a style, nor an expression, nor what a key or a program is called. */
function bareText(component: string): string {
    return component
        .replace(/<(script|style|code|kbd|svg|pre)\b[\s\S]*?<\/\1>/g, " ")
        .replace(/<!--[\s\S]*?-->/g, " ")
        .replace(/=>/g, "")
        .replace(/\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}/g, " ")
        .replace(/<[^>]*>/g, " ");
}

const source = fileURLToPath(new URL("../..", import.meta.url));
const components = readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".svelte"))
    .map((name) => [name, readFileSync(join(source, name), "utf8")] as const);
const sources = readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(svelte|ts)$/.test(name) && !name.includes("i18n") && !name.endsWith(".spec.ts"))
    .map((name) => readFileSync(join(source, name), "utf8"))
    .join("\n");

describe("message catalogues", () => {
    it("have the same keys", () => {
        expect(Object.keys(zhHans).sort()).toEqual(Object.keys(en).sort());
    });

    it("have no empty message and the same placeholders", () => {
        for (const [key, text] of Object.entries(en)) {
            const other = zhHans[key as keyof typeof en];
            expect(text.trim(), key).not.toBe("");
            expect(other.trim(), key).not.toBe("");
            expect(placeholders(other), key).toEqual(placeholders(text));
        }
    });

    it("are translated: no Chinese message is English", () => {
        const untranslated = Object.entries(zhHans)
            .filter(([, text]) => !/[\u4e00-\u9fff]/.test(text))
            .filter(([, text]) => /[a-z]{3,}/i.test(text.replace(/\{\w+\}/g, "").replace(NAMES, "")));
        expect(untranslated).toEqual([]);
    });

    it("have every sentence of the components", () => {
        const found = components.flatMap(([name, text]) =>
            (
                bareText(text)
                    .replace(NAMES, "")
                    .match(/[A-Za-z][a-z]{2,}/g) ?? []
            ).map((word) => `${name}: ${word}`),
        );
        expect(found).toEqual([]);
    });

    it("hold no message that the page does not use", () => {
        expect(Object.keys(en).filter((key) => !sources.includes(`"${key}"`))).toEqual([]);
    });
});
