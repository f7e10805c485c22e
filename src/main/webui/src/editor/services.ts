/** What could be written at a place of the script. */
export interface SuggestionsAnswer {
    readonly from: number;
    /** Whether nothing was left out, so that further letters only narrow the list. */
    readonly complete: boolean;
    readonly items: readonly SuggestionItem[];
}

export interface SuggestionItem {
    readonly label: string;
    readonly kind: string;
    readonly detail: string;
    readonly documentation: string;
    /** `${word}` is a place to fill in. */
    readonly apply: string;
}

export interface HoverInfo {
    readonly start: number;
    readonly end: number;
    readonly code: string;
    readonly documentation: string;
}

export interface DefinitionInfo {
    readonly file: string;
    /** The text it stands in when that is not the script. */
    readonly text: string | null;
    readonly start: number;
    readonly end: number;
}

/** What the editor asks the server about the script; only completion is worth aborting. */
export interface EditorServices {
    complete(script: string, offset: number, signal: AbortSignal): Promise<SuggestionsAnswer>;
    hover(script: string, offset: number): Promise<{ hover: HoverInfo | null }>;
    definition(script: string, offset: number): Promise<{ definition: DefinitionInfo | null }>;
    format(script: string): Promise<{ script: string }>;
}
