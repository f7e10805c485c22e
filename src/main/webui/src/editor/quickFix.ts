import { forEachDiagnostic, type Action } from "@codemirror/lint";
import { StateEffect, StateField, type EditorState, type Extension } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { keymap, showTooltip, type Tooltip } from "@codemirror/view";

interface Fix extends Action {
    readonly from: number;
    readonly to: number;
}

/** Ctrl-. offers what would cure the findings of the line. */
export function quickFix(label: string): Extension {
    const show = StateEffect.define<Tooltip | null>();
    const menu = StateField.define<Tooltip | null>({
        create: () => null,
        update(shown, transaction) {
            const asked = transaction.effects.find((effect) => effect.is(show));
            return asked ? asked.value : transaction.docChanged || transaction.selection ? null : shown;
        },
        provide: (field) => showTooltip.from(field),
    });
    const close = (view: EditorView) => {
        view.dispatch({ effects: show.of(null) });
        view.focus();
    };
    const open = (view: EditorView): boolean => {
        const fixes = fixesOfLine(view.state);
        if (fixes.length === 0) {
            return false;
        }
        const pos = view.state.selection.main.head;
        const tooltip = { pos, create: () => list(view, fixes, label, () => close(view)) };
        view.dispatch({ effects: show.of(tooltip) });
        return true;
    };
    return [menu, keymap.of([{ key: "Mod-.", run: open }])];
}

export function fixesOfLine(state: EditorState): Fix[] {
    const line = state.doc.lineAt(state.selection.main.head);
    const fixes: Fix[] = [];
    forEachDiagnostic(state, (diagnostic, from, to) => {
        if (from <= line.to && to >= line.from) {
            fixes.push(...(diagnostic.actions ?? []).map((action) => ({ ...action, from, to })));
        }
    });
    return fixes;
}

function list(view: EditorView, fixes: readonly Fix[], label: string, close: () => void) {
    const dom = document.createElement("div");
    dom.className = "cm-fixes";
    dom.setAttribute("role", "menu");
    dom.setAttribute("aria-label", label);
    const buttons = fixes.map((fix) => {
        const button = document.createElement("button");
        button.type = "button";
        button.setAttribute("role", "menuitem");
        button.textContent = fix.name;
        button.addEventListener("click", () => {
            close();
            fix.apply(view, fix.from, fix.to);
        });
        return button;
    });
    dom.append(...buttons);
    dom.addEventListener("keydown", (event) => {
        const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
        const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
        if (step !== 0) {
            event.preventDefault();
            buttons[(at + step + buttons.length) % buttons.length]?.focus();
        } else if (event.key === "Escape") {
            event.stopPropagation();
            close();
        }
    });
    return { dom, mount: () => buttons[0]?.focus() };
}
