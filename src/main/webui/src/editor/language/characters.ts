/** Letters as the compiler's lexer knows them; -1 is the end of the text. */

export const isDigit = (letter: number) => letter >= 48 && letter <= 57;

export const isLetter = (letter: number) => (letter >= 65 && letter <= 90) || (letter >= 97 && letter <= 122);

export const startsName = (letter: number) => isLetter(letter) || letter === 95;

export const continuesName = (letter: number) => startsName(letter) || isDigit(letter) || letter === 36;

export const isSpace = (letter: number) => letter === 32 || (letter >= 9 && letter <= 13);

/** Reads letters at a distance from where a token may begin. */
export type Peek = (offset: number) => number;

/** Behind the white space and comments at an offset; whether a line ended in between. */
export function behindBlanks(peek: Peek, from: number): { readonly at: number; readonly newLine: boolean } {
    let at = from;
    let newLine = false;
    for (;;) {
        const letter = peek(at);
        if (isSpace(letter)) {
            newLine ||= letter === 10;
            at++;
        } else if (letter === 35 || (letter === 47 && peek(at + 1) === 47)) {
            while (peek(at) >= 0 && peek(at) !== 10) {
                at++;
            }
        } else if (letter === 47 && peek(at + 1) === 42) {
            at = behindMark(peek, at + 2, "*/") ?? at + 2;
        } else {
            return { at, newLine };
        }
    }
}

/** Behind the next such mark; null when there is none. */
export function behindMark(peek: Peek, from: number, mark: string): number | null {
    for (let at = from; peek(at) >= 0; at++) {
        if (peek(at) === mark.charCodeAt(0) && peek(at + 1) === mark.charCodeAt(1)) {
            return at + 2;
        }
    }
    return null;
}

/** Behind the string that begins at an offset; null when the line ends first or an escape names no byte. */
export function behindString(peek: Peek, from: number): number | null {
    let at = from + 1;
    for (;;) {
        const letter = peek(at++);
        if (letter === 34) {
            return at;
        }
        if (letter <= 0 || letter === 10) {
            return null;
        }
        if (letter === 92) {
            const length = escapeLength(peek, at);
            if (length === 0) {
                return null;
            }
            at += length;
        }
    }
}

/** How many letters behind a backslash belong to it; 0 for an escape that names no byte, or NUL. */
function escapeLength(peek: Peek, at: number): number {
    const letter = peek(at);
    if (letter < 0) {
        return 0;
    }
    const isOctal = letter >= 48 && letter <= 55;
    if (!isOctal && letter !== 120) {
        return 1;
    }
    const digit = isOctal ? /[0-7]/ : /[0-9a-fA-F]/;
    const first = isOctal ? at : at + 1;
    let end = first;
    const most = isOctal ? 3 : 2;
    while (end - first < most && peek(end) >= 0 && digit.test(String.fromCharCode(peek(end)))) {
        end++;
    }
    const value = parseInt(slice(peek, first, end), isOctal ? 8 : 16);
    return value >= 1 && value <= 255 ? end - at : 0;
}

export function slice(peek: Peek, from: number, to: number): string {
    let text = "";
    for (let at = from; at < to; at++) {
        text += String.fromCharCode(peek(at));
    }
    return text;
}
