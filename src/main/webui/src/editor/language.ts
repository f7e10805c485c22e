import { HighlightStyle, StreamLanguage, syntaxHighlighting, type StreamParser } from "@codemirror/language";
import { tags } from "@lezer/highlight";

const words = (text: string) => new Set(text.split(/\s+/));

const KEYWORDS = words(
    "probe global function if else while for foreach in break continue return next delete limit private try catch",
);
const TYPES = words("long string");
const PROBES = words("begin end error never timer process thread syscall kernel module statement function mark call");

interface State {
    /** Between `probe` and `{`: names are parts of probe points. */
    inProbePoint: boolean;
    inComment: boolean;
    /** Open brackets: how far a new line is indented. */
    depth: number;
}

/** A tokenizer by line: enough to colour. What a script means is asked of the server. */
const parser: StreamParser<State> = {
    name: "stapscope",
    startState: () => ({ inProbePoint: false, inComment: false, depth: 0 }),
    languageData: {
        commentTokens: { line: "//", block: { open: "/*", close: "*/" } },
        closeBrackets: { brackets: ["(", "[", "{", '"'] },
        indentOnInput: /^\s*\}$/,
    },
    indent: ({ depth }, textAfter, { unit }) => Math.max(0, depth - (/^\s*[})\]]/.test(textAfter) ? 1 : 0)) * unit,
    token(stream, state) {
        if (state.inComment || stream.match("/*")) {
            state.inComment = !stream.match(/^.*?\*\//);
            if (state.inComment) {
                stream.skipToEnd();
            }
            return "comment";
        }
        if (stream.eatSpace()) {
            return null;
        }
        if (stream.match("//") || stream.match("#")) {
            stream.skipToEnd();
            return "comment";
        }
        if (stream.match(/^"(?:[^"\\]|\\.)*"?/)) {
            return "string";
        }
        if (stream.match(/^(?:0[xX][0-9a-fA-F]+|\d+)/)) {
            return "number";
        }
        if (stream.match(/^\$\$?[A-Za-z_][A-Za-z0-9_]*|^\$\d+|^@\d+/)) {
            return "special";
        }
        if (stream.match(/^@[A-Za-z_]\w*/)) {
            return "called";
        }
        if (stream.match(/^[A-Za-z_]\w*/)) {
            return word(stream.current(), stream.peek() ?? "", state);
        }
        if (stream.match(/^(?:<<<|[-+*/%&|^=<>!?:.~]+)/)) {
            return "operator";
        }
        const mark = stream.next() ?? "";
        state.depth = Math.max(0, state.depth + ("{([".includes(mark) ? 1 : "})]".includes(mark) ? -1 : 0));
        state.inProbePoint = state.inProbePoint && mark !== "{";
        return "punctuation";
    },
    tokenTable: {
        special: tags.special(tags.variableName),
        // Not "builtin": that name has a meaning of its own here.
        called: tags.standard(tags.function(tags.name)),
        probe: tags.tagName,
    },
};

function word(text: string, next: string, state: State): string | null {
    if (text === "probe") {
        state.inProbePoint = true;
        return "keyword";
    }
    if (state.inProbePoint && (PROBES.has(text) || next === "." || next === "(")) {
        return "probe";
    }
    if (KEYWORDS.has(text)) {
        return "keyword";
    }
    if (TYPES.has(text)) {
        return "typeName";
    }
    return next === "(" ? "called" : null;
}

/** Colours come from the page's style sheet, so that a change of theme needs no new editor. */
const colours = HighlightStyle.define([
    { tag: tags.keyword, color: "var(--code-keyword)" },
    { tag: tags.comment, color: "var(--code-comment)", fontStyle: "italic" },
    { tag: tags.string, color: "var(--code-string)" },
    { tag: tags.number, color: "var(--code-number)" },
    { tag: tags.typeName, color: "var(--code-keyword)" },
    { tag: tags.tagName, color: "var(--code-probe)", fontWeight: "600" },
    { tag: tags.special(tags.variableName), color: "var(--code-context)" },
    { tag: tags.standard(tags.function(tags.name)), color: "var(--code-function)" },
    { tag: tags.operator, color: "var(--code-operator)" },
    { tag: tags.punctuation, color: "var(--code-operator)" },
]);

export const probeLanguage = [StreamLanguage.define(parser), syntaxHighlighting(colours)];
