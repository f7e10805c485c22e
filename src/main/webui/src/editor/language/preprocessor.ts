import { ContextTracker, ExternalTokenizer, type InputStream } from "@lezer/lr";
import { behindBlanks, behindMark, behindString, isDigit, continuesName, slice, startsName } from "./characters";
import { holds, type Machine, type Word } from "./condition";
import * as terms from "./probe.grammar.terms";

/**
 * `%( condition %? words %: words %)` as white space: the branch that this machine takes is read as if it stood there
 * alone, and the other one is one token with the signs around it.
 */
interface Conditional {
    readonly outer: Conditional | null;
    readonly taken: boolean;
    readonly depth: number;
}

const THEN = 63;
const ELSE = 58;
const CLOSE = 41;

/** The conditionals around a place. */
export const preprocessor = new ContextTracker<Conditional | null>({
    start: null,
    shift(context, term) {
        switch (term) {
            case terms.ConditionalOpen:
            case terms.ConditionalOther:
                return { outer: context, taken: term === terms.ConditionalOpen, depth: (context?.depth ?? 0) + 1 };
            case terms.ConditionalClose:
                return context?.outer ?? null;
            default:
                return context;
        }
    },
    hash: (context) => (context ? context.depth * 2 + (context.taken ? 1 : 0) : 0),
});

/** For a machine that is not known yet: a recent kernel, of which every option may be set. */
export const preprocessing = preprocessingFor({
    kernelRelease: "6.18",
    architecture: "x86_64",
    kernelOption: () => null,
});

export function preprocessingFor(machine: Machine): ExternalTokenizer {
    return new ExternalTokenizer(
        (input, stack) => {
            if (input.next !== 37) {
                return;
            }
            const second = String.fromCharCode(input.peek(1));
            if (second === "{") {
                const end = behindMark((at) => input.peek(at), 2, "%}");
                if (end !== null) {
                    input.acceptToken(terms.EmbeddedC, end);
                }
            } else if (stack.canShift(terms.MacroOpen) || stack.canShift(terms.MacroClose)) {
                macroSign(input, second);
            } else {
                const known = conditionalSign(input, second, stack.context as Conditional | null, machine);
                if (!known && isSign(input, 0)) {
                    // Never a remainder with a sign behind it, but an error here.
                    input.acceptToken(terms.MacroMark, 2);
                }
            }
        },
        { contextual: true },
    );
}

function macroSign(input: InputStream, second: string): void {
    const term = { "(": terms.MacroOpen, ")": terms.MacroClose, "?": terms.MacroMark, ":": terms.MacroMark }[second];
    if (term !== undefined) {
        input.acceptToken(term, 2);
    }
}

/** False for what stands where it means nothing. */
function conditionalSign(input: InputStream, second: string, around: Conditional | null, machine: Machine): boolean {
    if (second === "(") {
        return opening(input, machine);
    }
    if (second === ")" && around) {
        input.acceptToken(terms.ConditionalClose, 2);
        return true;
    }
    // The other branch goes with it, up to the sign that closes both.
    const end = second === ":" && around?.taken ? branchEnd(input, 2) : null;
    if (end === null || input.peek(end + 1) !== CLOSE) {
        return false;
    }
    input.acceptToken(terms.ConditionalElse, end);
    return true;
}

/** To behind `%?` when the condition holds, else to behind `%:`, else to behind `%)`. */
function opening(input: InputStream, machine: Machine): boolean {
    const words: Word[] = [];
    let at = behindBlanks((offset) => input.peek(offset), 2).at;
    while (!isSign(input, at)) {
        const end = wordEnd(input, at);
        if (end === null) {
            return false;
        }
        words.push(slice((offset) => input.peek(offset), at, end));
        at = behindBlanks((offset) => input.peek(offset), end).at;
    }
    const taken = input.peek(at + 1) === THEN ? holds(words, machine) : null;
    const middle = taken === null ? null : branchEnd(input, at + 2);
    const hasElse = middle !== null && input.peek(middle + 1) === ELSE;
    const end = hasElse ? branchEnd(input, middle + 2) : middle;
    if (middle === null || end === null || input.peek(end + 1) !== CLOSE) {
        return false;
    }
    if (taken) {
        input.acceptToken(terms.ConditionalOpen, at + 2);
    } else {
        input.acceptToken(hasElse ? terms.ConditionalOther : terms.ConditionalWhole, middle + 2);
    }
    return true;
}

/** Before the sign that ends the branch which begins at an offset; null when the text ends first. */
function branchEnd(input: InputStream, from: number): number | null {
    let depth = 0;
    let at = behindBlanks((offset) => input.peek(offset), from).at;
    while (input.peek(at) >= 0) {
        if (isSign(input, at)) {
            const sign = String.fromCharCode(input.peek(at + 1));
            if (depth === 0 && sign !== "(") {
                return at;
            }
            depth += sign === "(" ? 1 : sign === ")" ? -1 : 0;
        }
        const end = wordEnd(input, at) ?? at + 1;
        at = behindBlanks((offset) => input.peek(offset), end).at;
    }
    return null;
}

/** Whether `%(`, `%?`, `%:` or `%)` stands there. */
function isSign(input: InputStream, at: number): boolean {
    return input.peek(at) === 37 && "(?:)".includes(String.fromCharCode(input.peek(at + 1)));
}

/** Behind the word or sign at an offset; null at the end of the text and for a string without end. */
function wordEnd(input: InputStream, at: number): number | null {
    const first = input.peek(at);
    if (first < 0) {
        return null;
    }
    if (first === 34) {
        return behindString((offset) => input.peek(offset), at);
    }
    if (first === 37) {
        return input.peek(at + 1) === 123 ? behindMark((offset) => input.peek(offset), at + 2, "%}") : at + 2;
    }
    const named = startsName(first) || isDigit(first) || first === 36 || first === 64;
    let end = at + 1;
    const follows = (letter: number) =>
        named ? continuesName(letter) || letter === 35 : "=&|".includes(String.fromCharCode(letter));
    while (
        (named || "<>=!&|".includes(String.fromCharCode(first))) &&
        input.peek(end) >= 0 &&
        follows(input.peek(end))
    ) {
        end++;
    }
    return end;
}
