import type { Aggregate } from "../protocol/model";
import type { Selection } from "./selection";

export interface ExplainedSelection {
    readonly run: string;
    readonly aggregate: Aggregate;
    readonly selection: Selection;
}

/** The selection that the Explain pane speaks of: the last one made in any chart. */
class Explained {
    selection = $state.raw<ExplainedSelection | null>(null);
}

export const explained = new Explained();
