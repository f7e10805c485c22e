import type { Extension } from "@codemirror/state";
import { EditorView, hoverTooltip, keymap } from "@codemirror/view";
import { explanation } from "./explanation";
import type { DefinitionInfo, EditorServices } from "./services";

/** Documentation under the pointer; F12 and Ctrl-click go to the declaration. */
export function navigation(services: EditorServices, open: (definition: DefinitionInfo) => void): Extension {
    const follow = (view: EditorView, offset: number): void => {
        services.definition(view.state.doc.toString(), offset).then(
            ({ definition }) => {
                if (definition && definition.text === null) {
                    select(view, definition);
                } else if (definition) {
                    open(definition);
                }
            },
            // The check says when the server is away.
            () => undefined,
        );
    };
    return [
        hoverTooltip((view, offset) => hover(view, offset, services), { hoverTime: 350 }),
        keymap.of([{ key: "F12", run: (view) => (follow(view, view.state.selection.main.head), true) }]),
        EditorView.domEventHandlers({
            mousedown(event, view) {
                const offset = view.posAtCoords({ x: event.clientX, y: event.clientY });
                if (event.button !== 0 || !(event.ctrlKey || event.metaKey) || offset === null) {
                    return false;
                }
                follow(view, offset);
                return true;
            },
        }),
    ];
}

async function hover(view: EditorView, offset: number, services: EditorServices) {
    const text = view.state.doc.toString();
    const { hover: info } = await services.hover(text, offset).catch(() => ({ hover: null }));
    if (!info || view.state.doc.toString() !== text) {
        return null;
    }
    return {
        pos: info.start,
        end: info.end,
        above: true,
        create: () => ({ dom: explanation(info.code, info.documentation) }),
    };
}

function select(view: EditorView, { start, end }: DefinitionInfo): void {
    const length = view.state.doc.length;
    view.dispatch({
        selection: { anchor: Math.min(start, length), head: Math.min(end, length) },
        effects: EditorView.scrollIntoView(Math.min(start, length), { y: "nearest" }),
    });
    view.focus();
}
