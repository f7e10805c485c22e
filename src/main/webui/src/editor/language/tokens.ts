import { ExternalTokenizer, type InputStream, type Stack } from "@lezer/lr";
import { behindBlanks, behindString, continuesName, isDigit, isLetter, slice, startsName } from "./characters";
import * as terms from "./probe.grammar.terms";

const LARGEST = (1n << 64n) - 1n;

/** Strings and numbers as the compiler reads them, and the semicolons that may stand before an `else`. */
export const literals = new ExternalTokenizer((input, stack) => {
    if (input.next === 34) {
        const end = behindString(peek(input), 0);
        if (end !== null) {
            input.acceptToken(terms.String, end);
        }
    } else if (isDigit(input.next)) {
        number(input, stack);
    } else if (input.next === 59 && stack.canShift(terms.semicolonBeforeElse) && isElseBehind(input)) {
        input.acceptToken(terms.semicolonBeforeElse, 1);
    }
});

function number(input: InputStream, stack: Stack): void {
    if (!stack.canShift(terms.Number)) {
        return;
    }
    let end = 0;
    while (isDigit(input.peek(end)) || isLetter(input.peek(end))) {
        end++;
    }
    const text = slice(peek(input), 0, end);
    const octal = /^0[0-7]+$/.test(text) ? BigInt(`0o${text.slice(1)}`) : null;
    const value = octal ?? (/^(?:0|[1-9]\d*|0[xX][0-9a-fA-F]+)$/.test(text) ? BigInt(text) : null);
    if (value !== null && value <= LARGEST) {
        input.acceptToken(terms.Number, end);
    }
}

function isElseBehind(input: InputStream): boolean {
    let at = 0;
    while (input.peek(at) === 59) {
        at = behindBlanks(peek(input), at + 1).at;
    }
    return slice(peek(input), at, at + 4) === "else" && !continuesName(input.peek(at + 4));
}

/** Words. What one is depends on the place: parts of probe points and members may be keywords. */
export const words = new ExternalTokenizer(
    (input, stack) => {
        const first = input.next;
        if (first === 64 && startsName(input.peek(1))) {
            input.acceptToken(terms.AtWord, end(input, 1));
            return;
        }
        const point = startsName(first) || isDigit(first) || first === 42;
        if (point && stack.canShift(terms.PointName)) {
            pointPart(input);
        } else if (startsName(first)) {
            const kind = [terms.MemberName, terms.MacroName].find((term) => stack.canShift(term)) ?? terms.Identifier;
            input.acceptToken(kind, end(input, 0));
        }
    },
    { contextual: true },
);

function end(input: InputStream, from: number): number {
    let at = from;
    while (continuesName(input.peek(at))) {
        at++;
    }
    return at;
}

/** Names, numbers and stars without anything between them. */
function pointPart(input: InputStream): void {
    let at = 0;
    let pattern = false;
    while (continuesName(input.peek(at)) || input.peek(at) === 42) {
        pattern ||= input.peek(at) === 42;
        at++;
    }
    input.acceptToken(pattern ? terms.PointPattern : terms.PointName, at);
}

function peek(input: InputStream): (offset: number) => number {
    return (offset) => input.peek(offset);
}
