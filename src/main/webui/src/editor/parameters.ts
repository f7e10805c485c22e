/** A script argument that a script reads. */
export interface Parameter {
    /** From 1. */
    readonly number: number;
    /** Read with `@` only: any text. With `$` its text is put into the script as it is. */
    readonly text: boolean;
    /** What a comment of the script says of it: `// $1: the threshold in ms`; "" when none does. */
    readonly meaning: string;
    /** The script also runs without it, since it asks how many there are. */
    readonly optional: boolean;
}

const MOST = 32;

/** The arguments a script reads, in order; one that is left out between others is there, too. */
export function parametersOf(script: string): Parameter[] {
    const code = withoutCommentsAndStrings(script);
    const numbers = [...code.matchAll(/[$@](\d+)/g)]
        .map((match) => Number(match[1]))
        .filter((n) => n >= 1 && n <= MOST);
    const optional = /[$@]#/.test(code);
    return Array.from({ length: Math.max(0, ...numbers) }, (_, index) => {
        const number = index + 1;
        return {
            number,
            text: !new RegExp(`\\$${number}(?!\\d)`).test(code),
            meaning: meaningOf(script, number),
            optional,
        };
    });
}

/** The arguments to send: those left empty at the end are not given. */
export function given(values: readonly string[], parameters: readonly Parameter[]): string[] {
    const all = parameters.map((_, index) => values[index]?.trim() ?? "");
    const last = all.findLastIndex((value) => value !== "");
    return all.slice(0, last + 1);
}

function meaningOf(script: string, number: number): string {
    const line = new RegExp(`^[ \\t]*(?://|#|\\*|/\\*)[ \\t]*[$@]${number}[ \\t]*[:=–-][ \\t]*(.+)$`, "m").exec(script);
    return (line?.[1] ?? "").replace(/\*\/\s*$/, "").trim();
}

function withoutCommentsAndStrings(script: string): string {
    return script.replace(/"(?:\\[^]|[^"\\\n])*"|\/\*[^]*?(?:\*\/|$)|\/\/.*|(?<![$@])#.*/g, " ");
}
