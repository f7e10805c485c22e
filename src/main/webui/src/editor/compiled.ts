import { api, ApiError } from "../protocol/http";
import type { Target } from "../protocol/model";

/** What a script was compiled to. */
export interface Listing {
    readonly maps: readonly string[];
    readonly programs: readonly Program[];
}

export interface Program {
    readonly name: string;
    readonly hook: string;
    readonly lines: readonly Group[];
}

/** Instructions that stand together and come from one line; line 0 is code that no line asked for. */
export interface Group {
    readonly line: number;
    readonly text: string;
    readonly instructions: readonly string[];
}

export type Outcome =
    | { readonly kind: "listing"; readonly listing: Listing }
    | { readonly kind: "rejected" }
    | { readonly kind: "failed"; readonly reason: string };

/** Compiles the script; one with errors has nothing to show. */
export async function compiled(
    script: string,
    target: Target | undefined,
    signal: AbortSignal,
    values: readonly string[] = [],
): Promise<Outcome> {
    try {
        return { kind: "listing", listing: await api.listing(script, target, signal, values) };
    } catch (error) {
        if (error instanceof ApiError && error.diagnostics.length > 0) {
            return { kind: "rejected" };
        }
        return { kind: "failed", reason: error instanceof Error ? error.message : String(error) };
    }
}

/** How many instructions a program has; labels are none. */
export function size(program: Program): number {
    return program.lines.flatMap((group) => group.instructions).filter((one) => !one.endsWith(":")).length;
}
