/** A heading with what stands below it, up to the next one. */
export interface Section {
    readonly id: string;
    /** 1 for the title of the text, 2 for a chapter, and so on. */
    readonly level: number;
    readonly title: string;
    readonly html: string;
}

export interface Found {
    readonly section: Section;
    /** How often the words stand there. */
    readonly hits: number;
    /** What stands around the first place. */
    readonly excerpt: string;
}

const AROUND = 60;

/** The sections that hold all words of a search, those with the words in their heading first. */
export function search(sections: readonly Section[], query: string): Found[] {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) {
        return [];
    }
    const found = sections.flatMap((section) => {
        const text = plainText(section.html);
        const lower = `${section.title} ${text}`.toLowerCase();
        if (!words.every((word) => lower.includes(word))) {
            return [];
        }
        const hits = words.reduce((sum, word) => sum + lower.split(word).length - 1, 0);
        const at = text.toLowerCase().indexOf(words[0] ?? "");
        return [{ section, hits, excerpt: at < 0 ? text.slice(0, 2 * AROUND) : around(text, at) }];
    });
    const rank = ({ section }: Found) => {
        const title = section.title.toLowerCase();
        return title === words.join(" ") ? 2 : words.every((word) => title.includes(word)) ? 1 : 0;
    };
    return found.sort((a, b) => rank(b) - rank(a) || b.hits - a.hits);
}

function around(text: string, at: number): string {
    const from = Math.max(0, at - AROUND);
    const to = Math.min(text.length, at + 2 * AROUND);
    return `${from > 0 ? "…" : ""}${text.slice(from, to)}${to < text.length ? "…" : ""}`;
}

/** The words of a section, as they are read. */
export function plainText(html: string): string {
    const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', "#39": "'" };
    return html
        .replace(/<[^>]*>/g, " ")
        .replace(/&(lt|gt|amp|quot|#39);/g, (_whole, name: string) => entities[name] ?? "")
        .replace(/\s+/g, " ")
        .trim();
}
