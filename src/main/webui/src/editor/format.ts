import type { Extension } from "@codemirror/state";
import { keymap, type EditorView } from "@codemirror/view";
import type { EditorServices } from "./services";

/** Shift-Alt-F gives the script the usual blanks and lines. */
export function formatting(services: EditorServices): Extension {
    const format = (view: EditorView): void => {
        const text = view.state.doc.toString();
        services.format(text).then(
            ({ script }) => {
                if (script !== text && view.state.doc.toString() === text) {
                    const anchor = samePlace(text, script, view.state.selection.main.head);
                    view.dispatch({
                        changes: { from: 0, to: text.length, insert: script },
                        selection: { anchor },
                        scrollIntoView: true,
                        userEvent: "format",
                    });
                }
            },
            // The check says when the server is away.
            () => undefined,
        );
    };
    return keymap.of([{ key: "Shift-Alt-f", run: (view) => (format(view), true), preventDefault: true }]);
}

/** Where the cursor belongs after only blanks have changed: behind as many other characters as before. */
export function samePlace(before: string, after: string, offset: number): number {
    let left = before.slice(0, offset).replace(/\s/g, "").length;
    let at = 0;
    while (left > 0 && at < after.length) {
        left -= /\s/.test(after.charAt(at)) ? 0 : 1;
        at++;
    }
    return at;
}
