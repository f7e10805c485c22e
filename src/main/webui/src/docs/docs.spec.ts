import { describe, expect, it } from "vitest";
import { sections as language } from "../../../../../docs/LANGUAGE.md?sections";
import { sections as tools } from "../../../../../docs/TOOLS.md?sections";
import { plainText, search } from "./section";

describe("the documentation in the product", () => {
    it("holds every chapter, each with an address of its own", () => {
        expect(language.length).toBeGreaterThan(30);
        const ids = [...language, ...tools].map(({ id }) => id);
        expect(ids.filter((id) => id === "")).toEqual([]);
        for (const text of [language, tools]) {
            const own = text.map(({ id, level, title }) => `${level} ${id} ${title}`);
            expect(new Set(own).size).toBe(own.length);
        }
    });

    it("holds no script and no link that leads out of the product", () => {
        const html = [...language, ...tools].map((section) => section.html).join("\n");
        expect(html).not.toMatch(/<script|javascript:|\son\w+=/i);
        expect(
            [...html.matchAll(/href="([^"]*)"/g)].map((match) => match[1]).filter((to) => !/^\/docs/.test(to ?? "")),
        ).toEqual([]);
    });

    it("finds what holds all words, headings first", () => {
        const found = search(language, "probe points");
        expect(found.slice(0, 2).map(({ section }) => section.title)).toEqual(["Probe points", "Probe points (B.4)"]);
        expect(found.length).toBeGreaterThan(1);
        expect(found[0]?.excerpt.length).toBeLessThan(260);
        expect(search(language, "zebra unicorn")).toEqual([]);
        expect(search(language, "  ")).toEqual([]);
    });

    it("reads as plain text", () => {
        expect(plainText("<p>a &lt;&lt;&lt; <code>b</code></p>\n<p>c</p>")).toBe("a <<< b c");
    });
});
