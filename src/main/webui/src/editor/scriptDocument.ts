/** A script with what it is run with: what a tab of the editor holds. */
export interface ScriptDocument {
    readonly id: string;
    /** Chosen by the user; "" to be called after what the script says of itself. */
    readonly name: string;
    readonly text: string;
    /** What `$1`, `$2` and so on stand for. */
    readonly arguments: readonly string[];
    /** The text it was opened with: while it is unchanged, another script may take its place. */
    readonly original: string;
}

/** A text that was run. */
export interface Revision {
    readonly at: number;
    readonly text: string;
    readonly arguments: readonly string[];
}

/** Older revisions of a script are let go of. */
export const REVISIONS = 50;

/** What a script calls itself in its first comment, up to the first full stop or colon. */
export function titleOf(text: string): string {
    const lines = /^(?:\s*(?:\/\/|#|\/\*)[^\n]*)+/.exec(text)?.[0] ?? "";
    const comments = lines.split("\n").map((line) => line.replace(/^\s*(?:\/\/|#|\/\*)[*!\s]*|\*\/.*/g, ""));
    const title = (comments.find((line) => /^[^$@]/.test(line))?.split(/[.:：。;；]/)[0] ?? "").trim();
    return title.length > 40 ? `${title.slice(0, 39).trimEnd()}…` : title;
}

/** With the text that runs now as the newest revision, if it is a new one. */
export function withRevision(revisions: readonly Revision[], next: Revision): readonly Revision[] {
    const last = revisions.at(-1);
    const known = last?.text === next.text && same(last.arguments, next.arguments);
    return known ? revisions : [...revisions, next].slice(-REVISIONS);
}

function same(left: readonly string[], right: readonly string[]): boolean {
    return left.length === right.length && left.every((value, index) => value === right[index]);
}
