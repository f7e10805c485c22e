import {
    codeFolding,
    continuedIndent,
    delimitedIndent,
    foldGutter,
    foldInside,
    foldKeymap,
    foldNodeProp,
    HighlightStyle,
    indentNodeProp,
    LRLanguage,
    syntaxHighlighting,
} from "@codemirror/language";
import type { SyntaxNode } from "@lezer/common";
import type { Extension } from "@codemirror/state";
import { keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { parserFor, probeParser } from "./parser";

/** Colours come from the page's style sheet, so that a change of theme needs no new editor. */
const colours = HighlightStyle.define([
    { tag: tags.keyword, color: "var(--code-keyword)" },
    { tag: tags.comment, color: "var(--code-comment)", fontStyle: "italic" },
    { tag: tags.meta, color: "var(--code-comment)" },
    { tag: tags.string, color: "var(--code-string)" },
    { tag: tags.number, color: "var(--code-number)" },
    { tag: tags.typeName, color: "var(--code-keyword)" },
    { tag: tags.tagName, color: "var(--code-probe)", fontWeight: "600" },
    { tag: tags.special(tags.variableName), color: "var(--code-context)" },
    { tag: tags.standard(tags.function(tags.name)), color: "var(--code-function)" },
    { tag: tags.operator, color: "var(--code-operator)" },
    { tag: tags.punctuation, color: "var(--code-operator)" },
]);

/** Between the two signs that begin and end it. */
function inside(node: SyntaxNode, length: number): { from: number; to: number } | null {
    return node.to - node.from > 2 * length ? { from: node.from + length, to: node.to - length } : null;
}

const shape = [
    indentNodeProp.add({
        Block: delimitedIndent({ closing: "}" }),
        "Arguments PrintCall ParenthesizedExpression ParameterList ForeachHeader": delimitedIndent({ closing: ")" }),
        "Keys KeyPatterns": delimitedIndent({ closing: "]" }),
        "IfStatement WhileStatement ForStatement ForeachStatement TryStatement": continuedIndent({
            except: /^\s*(?:\{|else\b|catch\b)/,
        }),
        "ProbeDeclaration FunctionDeclaration GlobalDeclaration ExpressionStatement": continuedIndent({
            except: /^\s*[{}]/,
        }),
        Script: () => 0,
    }),
    foldNodeProp.add({
        Block: foldInside,
        "MacroBody EmbeddedC BlockComment ConditionalOther ConditionalElse ConditionalWhole": (node) => inside(node, 2),
    }),
];

const languageData = {
    commentTokens: { line: "//", block: { open: "/*", close: "*/" } },
    closeBrackets: { brackets: ["(", "[", "{", '"'] },
    indentOnInput: /^\s*(?:\}|\)|\]|else)$/,
};

/**
 * The language of scripts as its grammar reads it; what a script means is asked of the server.
 *
 * @param kernel the release of the traced kernel, which decides what conditionals of the preprocessor leave out
 */
export function probeLanguage(kernel: string | null): Extension {
    const machine =
        kernel === null ? null : { kernelRelease: kernel, architecture: "x86_64", kernelOption: () => null };
    const parser = machine ? parserFor(machine) : probeParser;
    return [
        LRLanguage.define({ name: "stapscope", parser: parser.configure({ props: shape }), languageData }),
        syntaxHighlighting(colours),
    ];
}

/** Folding by what the grammar knows to belong together. */
export const folding: Extension = [
    codeFolding({ placeholderText: "…" }),
    foldGutter({ openText: "▾", closedText: "▸" }),
    keymap.of(foldKeymap),
];
