import { closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { lintGutter, nextDiagnostic, setDiagnostics, type Diagnostic as Mark } from "@codemirror/lint";
import { Compartment, EditorState, Prec, StateEffect, StateField, type Extension } from "@codemirror/state";
import {
    Decoration,
    drawSelection,
    EditorView,
    highlightActiveLine,
    highlightActiveLineGutter,
    keymap,
    lineNumbers,
    type DecorationSet,
} from "@codemirror/view";
import type { Diagnostic } from "../protocol/model";
import { completion } from "./completion";
import { formatting } from "./format";
import { folding, probeLanguage } from "./language/probeLanguage";
import { navigation } from "./navigation";
import { quickFix } from "./quickFix";
import { rateGutter, showRates, type LineRate } from "./rateGutter";
import type { DefinitionInfo, EditorServices } from "./services";

/** By what CodeMirror says in English. */
export type Phrases = Readonly<Record<string, string>>;

export interface EditorOptions {
    readonly parent: HTMLElement;
    /** Which document the text is of. */
    readonly document: string;
    readonly text: string;
    readonly label: string;
    /** In the user's language; what is missing is said in English. */
    readonly phrases: Phrases;
    readonly readOnly: boolean;
    readonly testId: string;
    readonly onChange: (text: string) => void;
    readonly onRun: () => void;
    /** Completion and its kin; null for a text that is only read. */
    readonly services: EditorServices | null;
    readonly fixLabel: string;
    readonly onRate: (agg: number) => void;
    readonly onDefinition: (definition: DefinitionInfo) => void;
}

/** What the page needs of the editor; nothing else of CodeMirror leaves this chunk. */
export interface EditorHandle {
    /** Shows a text. Each document has its own cursor, history and folds, which are kept while another is shown. */
    show(document: string, text: string): void;
    /** What assistive technology calls the editor, and what its own panels say. */
    setWords(label: string, phrases: Phrases): void;
    /** The release of the traced kernel; null while it is not known. */
    setKernel(kernel: string | null): void;
    setDiagnostics(diagnostics: readonly Diagnostic[]): void;
    /** What is counted at lines, beside their numbers. */
    setRates(rates: readonly LineRate[]): void;
    goTo(offset: number): void;
    /** Marks a line, from 1; null for none. */
    markLine(line: number | null): void;
    destroy(): void;
}

const look = EditorView.theme({
    "&": { height: "100%", fontSize: "var(--code-size, 13px)", color: "var(--text)", backgroundColor: "transparent" },
    "&.cm-focused": { outline: "none" },
    ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55" },
    ".cm-content": { caretColor: "var(--accent)", padding: "8px 0" },
    ".cm-cursor": { borderLeftColor: "var(--accent)", borderLeftWidth: "2px" },
    ".cm-gutters": { backgroundColor: "transparent", color: "var(--faint)", border: "none" },
    ".cm-foldGutter .cm-gutterElement": { cursor: "pointer", padding: "0 2px", opacity: "0" },
    ".cm-gutters:hover .cm-foldGutter .cm-gutterElement, .cm-foldGutter [title^='Unfold']": { opacity: "1" },
    ".cm-foldPlaceholder": {
        background: "var(--selection)",
        border: "none",
        color: "var(--muted)",
        padding: "0 6px",
        margin: "0 2px",
    },
    ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--line)" },
    ".cm-markedLine": { backgroundColor: "var(--selection)" },
    "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
        backgroundColor: "var(--selection)",
    },
    ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { backgroundColor: "var(--selection)", outline: "none" },
    ".cm-tooltip, .cm-panels": {
        backgroundColor: "var(--raised)",
        color: "var(--text)",
        border: "1px solid var(--border)",
        borderRadius: "6px",
    },
    ".cm-diagnostic": { padding: "6px 10px", fontFamily: "var(--sans)", whiteSpace: "pre-wrap" },
    ".cm-diagnosticAction": { backgroundColor: "var(--accent-fill)", color: "var(--on-accent)", borderRadius: "4px" },
    ".cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", maxHeight: "18em" },
    ".cm-tooltip-autocomplete > ul > li": { padding: "2px 10px" },
    ".cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--selection)", color: "var(--text)" },
    ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700", color: "var(--accent)" },
    ".cm-completionDetail": { color: "var(--muted)", fontStyle: "normal", marginLeft: "10px" },
    ".cm-kind-probe .cm-completionLabel": { color: "var(--code-probe)" },
    ".cm-kind-context .cm-completionLabel": { color: "var(--code-context)" },
    ".cm-kind-function .cm-completionLabel": { color: "var(--code-function)" },
    ".cm-kind-keyword .cm-completionLabel": { color: "var(--code-keyword)" },
    ".cm-tooltip.cm-completionInfo": { padding: "0", maxWidth: "420px" },
    ".cm-explanation": { padding: "7px 10px", maxWidth: "520px" },
    ".cm-explanation pre": { margin: "0", font: "12.5px/1.5 var(--mono)", whiteSpace: "pre-wrap" },
    ".cm-explanation p": {
        margin: "4px 0 0",
        font: "12.5px/1.5 var(--sans)",
        color: "var(--muted)",
        whiteSpace: "pre-line",
    },
    ".cm-fixes": { display: "flex", flexDirection: "column", padding: "4px" },
    ".cm-fixes button": {
        border: "0",
        background: "none",
        textAlign: "left",
        font: "12.5px var(--sans)",
        height: "26px",
    },
    ".cm-fixes button:focus": { backgroundColor: "var(--selection)", outline: "none" },
    ".cm-textfield, .cm-button": { backgroundImage: "none", background: "var(--panel)", color: "var(--text)" },
});

const mark = StateEffect.define<number | null>();
const markedLine = StateField.define<DecorationSet>({
    create: () => Decoration.none,
    update(marked, transaction) {
        const asked = transaction.effects.find((effect) => effect.is(mark));
        if (!asked) {
            return marked.map(transaction.changes);
        }
        const line = Decoration.line({ class: "cm-markedLine" });
        return asked.value === null ? Decoration.none : Decoration.set([line.range(asked.value)]);
    },
    provide: (field) => EditorView.decorations.from(field),
});

export function createEditor(options: EditorOptions): EditorHandle {
    const label = new Compartment();
    const language = new Compartment();
    const later = new Compartment();
    const words = (text: string, phrases: Phrases) => [
        EditorView.contentAttributes.of({ "aria-label": text, "data-testid": options.testId, spellcheck: "false" }),
        EditorState.phrases.of(phrases),
    ];
    // What was set last, for the documents that were not shown then.
    const latest = {
        words: words(options.label, options.phrases),
        kernel: null as string | null,
        searching: [] as Extension,
    };
    const settled = () => [
        label.reconfigure(latest.words),
        language.reconfigure(probeLanguage(latest.kernel)),
        later.reconfigure(latest.searching),
    ];
    const extensions = [basics(options), label.of(latest.words), language.of(probeLanguage(null)), later.of([])];
    const fresh = (text: string) => EditorState.create({ doc: text, extensions });
    const view = new EditorView({ parent: options.parent, state: fresh(options.text) });
    const shelf = new Map<string, EditorState>();
    let shown = options.document;
    let alive = true;
    void import("./search").then(({ searching }) => {
        if (alive) {
            latest.searching = searching;
            view.dispatch({ effects: later.reconfigure(searching) });
        }
    });
    return {
        show(document, text) {
            if (document !== shown) {
                shelf.set(shown, view.state);
                shown = document;
                const kept = shelf.get(document);
                view.setState(kept?.doc.toString() === text ? kept : fresh(text));
                view.dispatch({ effects: settled() });
            } else if (text !== view.state.doc.toString()) {
                view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
            }
        },
        setWords(text, phrases) {
            latest.words = words(text, phrases);
            view.dispatch({ effects: label.reconfigure(latest.words) });
        },
        setKernel(kernel) {
            latest.kernel = kernel;
            view.dispatch({ effects: language.reconfigure(probeLanguage(kernel)) });
        },
        setDiagnostics: (diagnostics) => view.dispatch(setDiagnostics(view.state, marks(view, diagnostics))),
        setRates: (rates) => showRates(view, rates, options.onRate),
        goTo(offset) {
            const at = Math.min(offset, view.state.doc.length);
            view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
            view.focus();
        },
        markLine(line) {
            const known = line !== null && line >= 1 && line <= view.state.doc.lines;
            const at = known ? view.state.doc.line(line).from : null;
            view.dispatch({
                effects: [mark.of(at), ...(at === null ? [] : [EditorView.scrollIntoView(at, { y: "nearest" })])],
            });
        },
        destroy() {
            alive = false;
            view.destroy();
        },
    };
}

function basics(options: EditorOptions): Extension {
    const run = { key: "Mod-Enter", run: () => (options.onRun(), true) };
    return [
        Prec.highest(keymap.of(options.readOnly ? [] : [run])),
        lineNumbers(),
        options.readOnly ? [] : [highlightActiveLine(), highlightActiveLineGutter(), lintGutter(), folding, rateGutter],
        history(),
        EditorView.lineWrapping,
        drawSelection(),
        indentUnit.of("    "),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        options.services
            ? [
                  completion(options.services),
                  navigation(options.services, options.onDefinition),
                  formatting(options.services),
                  quickFix(options.fixLabel),
              ]
            : [],
        markedLine,
        look,
        EditorState.readOnly.of(options.readOnly),
        keymap.of([
            { key: "F8", run: nextDiagnostic },
            ...closeBracketsKeymap,
            ...completionKeymap,
            ...defaultKeymap,
            ...historyKeymap,
            indentWithTab,
        ]),
        EditorView.updateListener.of((update) => {
            if (update.docChanged) {
                options.onChange(update.state.doc.toString());
            }
        }),
    ];
}

/** Findings as underlines. The text may have changed since it was checked: positions are kept inside it. */
function marks(view: EditorView, diagnostics: readonly Diagnostic[]): Mark[] {
    const length = view.state.doc.length;
    return diagnostics.map((diagnostic) => {
        const from = Math.min(diagnostic.start, length);
        const to = Math.max(from, Math.min(diagnostic.end, length));
        const fix = diagnostic.fix;
        const notes = diagnostic.notes.map((note) => `\n= ${note}`).join("");
        return {
            from,
            // A finding at the end of the text still needs something to underline.
            to: to === from && to < length ? to + 1 : to,
            severity: diagnostic.severity,
            source: diagnostic.code,
            message: diagnostic.message + (diagnostic.label ? `\n${diagnostic.label}` : "") + notes,
            actions: fix ? [{ name: fix.title, apply: (target: EditorView) => applyFix(target, fix) }] : [],
        };
    });
}

function applyFix(view: EditorView, fix: NonNullable<Diagnostic["fix"]>): void {
    view.dispatch({ changes: { from: fix.start, to: fix.end, insert: fix.replacement } });
}
