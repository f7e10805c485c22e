import {
    autocompletion,
    snippet,
    type Completion,
    type CompletionContext,
    type CompletionResult,
} from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { explanation } from "./explanation";
import type { EditorServices, SuggestionItem, SuggestionsAnswer } from "./services";

/** Typing one of these may begin something; all else needs Ctrl-Space. */
const WORTH_ASKING = /(?:[\w$@.%("]|->)$/;

/** Nearest to the hand first. */
const BOOST: Readonly<Record<string, number>> = { context: 5, variable: 4, member: 4, global: 3, function: 2 };

export function completion(services: EditorServices): Extension {
    return autocompletion({
        override: [(context) => suggest(context, services)],
        icons: false,
        maxRenderedOptions: 100,
        optionClass: (option) => `cm-kind-${option.type ?? "plain"}`,
    });
}

async function suggest(context: CompletionContext, services: EditorServices): Promise<CompletionResult | null> {
    const before = context.state.doc.lineAt(context.pos).text.slice(0, column(context));
    if (!context.explicit && !WORTH_ASKING.test(before)) {
        return null;
    }
    const aborted = new AbortController();
    context.addEventListener("abort", () => aborted.abort());
    try {
        const answer = await services.complete(context.state.doc.toString(), context.pos, aborted.signal);
        // Nothing is begun yet: a list of everything would only be in the way.
        const unasked = !context.explicit && answer.from === context.pos && !before.endsWith("->");
        return unasked || answer.items.length === 0 ? null : result(answer);
    } catch {
        // No completion is no reason to disturb who is typing; the check says when the server is away.
        return null;
    }
}

function column(context: CompletionContext): number {
    return context.pos - context.state.doc.lineAt(context.pos).from;
}

export function result(answer: SuggestionsAnswer): CompletionResult {
    const points = answer.items[0]?.kind === "probe" || answer.items[0]?.kind === "directive";
    return {
        from: answer.from,
        options: answer.items.map(option),
        // The server matches points by their parts, which no filter of letters does.
        filter: !points,
        ...(answer.complete && !points ? { validFor: /^[\w$@]*$/ } : {}),
    };
}

export function option(item: SuggestionItem): Completion {
    const short = item.detail.startsWith(item.label) ? item.detail.slice(item.label.length) : item.detail;
    const detail = item.kind === "keyword" || item.kind === "operator" ? "" : short;
    return {
        label: item.label,
        type: item.kind,
        boost: BOOST[item.kind] ?? 0,
        ...(detail ? { detail } : {}),
        ...(item.documentation ? { info: () => explanation(item.detail || item.label, item.documentation) } : {}),
        apply: (view, completion, from, to) => insert(view, completion, from, to, item.apply),
    };
}

function insert(view: EditorView, completion: Completion, from: number, to: number, template: string): void {
    const after = view.state.sliceDoc(to, to + 2);
    const call = template.endsWith("(${})") && after.startsWith("(");
    const text = call ? template.slice(0, -"(${})".length) : template;
    snippet(text)(view, completion, from, to + closed(text, after));
}

/** How many of the closing signs behind the cursor, which came with the opening ones, the text brings along. */
export function closed(text: string, after: string): number {
    return (
        [2, 1].find((length) => /^["')\]]+$/.test(after.slice(0, length)) && text.endsWith(after.slice(0, length))) ?? 0
    );
}
