import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import type { Extension } from "@codemirror/state";
import { keymap } from "@codemirror/view";

/** Search and what goes with it: comes after the editor, which can be written in before. */
export const searching: Extension = [highlightSelectionMatches(), keymap.of(searchKeymap)];
