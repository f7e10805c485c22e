import { readFileSync } from "node:fs";
import { marked, type Tokens } from "marked";
import type { Plugin } from "vite";

const MARK = ".md?sections";

/** `import { sections } from "x.md?sections"`: a text of `docs/`, cut at its headings and made to HTML in the build. */
export function markdown(): Plugin {
    return {
        name: "markdown",
        enforce: "pre",
        load(id) {
            if (!id.endsWith(MARK)) {
                return null;
            }
            const file = id.slice(0, -"?sections".length);
            this.addWatchFile(file);
            return `export const sections = ${JSON.stringify(sectionsOf(readFileSync(file, "utf8")))};`;
        },
    };
}

interface Section {
    readonly id: string;
    readonly level: number;
    readonly title: string;
    readonly html: string;
}

function sectionsOf(text: string): Section[] {
    const tokens = marked.lexer(text);
    const sections: { level: number; title: string; body: Tokens.Generic[] }[] = [];
    for (const token of tokens) {
        if (token.type === "heading") {
            sections.push({ level: token.depth as number, title: plain(token as Tokens.Heading), body: [] });
        } else {
            sections.at(-1)?.body.push(token);
        }
    }
    return sections.map(({ level, title, body }) => ({
        id: slug(title),
        level,
        title,
        html: withLinks(marked.parser(Object.assign(body, { links: tokens.links }))),
    }));
}

function plain(heading: Tokens.Heading): string {
    return heading.text.replace(/[`*]/g, "");
}

function slug(title: string): string {
    return title
        .toLowerCase()
        .replace(/[^a-z0-9 -]/g, "")
        .trim()
        .replace(/ +/g, "-");
}

/** Links between the two texts lead to the page; those to files that the product does not serve are only text. */
function withLinks(html: string): string {
    return html.replace(/<a href="([^"]*)">(.*?)<\/a>/g, (_whole, target: string, text: string) => {
        const place = /^(?:(LANGUAGE|TOOLS)\.md)?(?:#(.*))?$/.exec(target);
        const part = place?.[1]?.toLowerCase();
        return place ? `<a href="/docs${part ? `/${part}` : ""}${place[2] ? `#${place[2]}` : ""}">${text}</a>` : text;
    });
}
