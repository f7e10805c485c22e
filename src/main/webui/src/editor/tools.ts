import { api } from "../protocol/http";
import type { Locale } from "../ui/i18n/i18n.svelte";

export interface ToolText {
    readonly title: string;
    readonly purpose: string;
}

/** A script that comes with the product. */
export interface Tool {
    readonly name: string;
    readonly english: ToolText;
    readonly chinese: ToolText;
    readonly category: string;
    readonly usage: string;
    readonly keywords: readonly string[];
    readonly script: string;
}

export interface Category {
    readonly name: string;
    readonly tools: readonly Tool[];
}

/** Asked for once; a failure is asked for again the next time. */
let asked: Promise<readonly Tool[]> | null = null;

export function tools(): Promise<readonly Tool[]> {
    asked ??= api.tools().then(
        (answer) => answer.tools,
        (error: unknown) => {
            asked = null;
            throw error;
        },
    );
    return asked;
}

export function text(tool: Tool, locale: Locale): ToolText {
    return locale === "zh-Hans" ? tool.chinese : tool.english;
}

/** The tools that a search finds, in the order of the gallery. */
export function categories(all: readonly Tool[], search: string): Category[] {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    const found = all.filter((tool) => words.every((word) => haystack(tool).includes(word)));
    return [...new Set(found.map((tool) => tool.category))].map((name) => ({
        name,
        tools: found.filter((tool) => tool.category === name),
    }));
}

function haystack(tool: Tool): string {
    const { english, chinese } = tool;
    const texts = [tool.name, english.title, english.purpose, chinese.title, chinese.purpose, ...tool.keywords];
    return texts.join(" ").toLowerCase();
}
