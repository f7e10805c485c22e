import { describe, expect, it } from "vitest";
import { categories, text, type Tool } from "./tools";

const tool = (name: string, category: string, purpose: string): Tool => ({
    name,
    category,
    english: { title: name, purpose },
    chinese: { title: "工具", purpose: "用途。" },
    usage: "",
    keywords: ["kernel"],
    script: "",
});
const ALL = [tool("a", "Files", "opens"), tool("b", "Processes", "starts"), tool("c", "Processes", "opens too")];

describe("the gallery", () => {
    it("groups by category in its own order", () => {
        expect(categories(ALL, "").map(({ name, tools }) => [name, tools.length])).toEqual([
            ["Files", 1],
            ["Processes", 2],
        ]);
    });

    it("finds by all words, in either language", () => {
        expect(categories(ALL, "opens KERNEL").flatMap(({ tools }) => tools.map(({ name }) => name))).toEqual([
            "a",
            "c",
        ]);
        expect(categories(ALL, "工具 starts")).toHaveLength(1);
        expect(categories(ALL, "nothing")).toEqual([]);
    });

    it("speaks the language of the page", () => {
        expect(text(ALL[0] as Tool, "zh-Hans").title).toBe("工具");
        expect(text(ALL[0] as Tool, "en").purpose).toBe("opens");
    });
});
