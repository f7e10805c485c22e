import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { en } from "./en";
import { zhHans } from "./zh-Hans";

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

const source = fileURLToPath(new URL("../..", import.meta.url));
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

    it("hold no message that the page does not use", () => {
        expect(Object.keys(en).filter((key) => !sources.includes(`"${key}"`))).toEqual([]);
    });
});
