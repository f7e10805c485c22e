/** What a user types becomes a pattern of the server: the beginning of a point unless it says more. */
export function patternOf(text: string): string {
    const typed = text.trim();
    return typed.includes("*") || typed.includes('"') ? typed : `${typed}**`;
}

/** A probe at a point that prints the first things it may read. */
export function probeAt(point: string, variables: readonly string[]): string {
    const shown = variables.filter((name) => /^\$?\w+$/.test(name)).slice(0, 3);
    const body = shown.length > 0 ? `println(execname(), " ", ${shown.join(', " ", ')})` : "println(execname())";
    return `probe ${point} {\n    ${body}\n}\n`;
}

/** A script with a probe more at its end. */
export function withProbe(script: string, probe: string): string {
    return script.trim() === "" ? probe : `${script.trimEnd()}\n\n${probe}`;
}
