import { BundleError } from "./bundleError";

/** One row of a table as PostgreSQL's COPY writes it; its values by the names of their columns. */
export class Row {
    constructor(
        private readonly file: string,
        private readonly header: ReadonlyMap<string, number>,
        private readonly fields: readonly string[],
    ) {}

    text(column: string): string {
        const at = this.header.get(column);
        const field = at === undefined ? undefined : this.fields[at];
        if (field === undefined) {
            throw new BundleError(`${this.file} has no column '${column}'`);
        }
        return field;
    }

    number(column: string): number {
        return this.numberOrNull(column) ?? this.wrong(column);
    }

    /** What older versions did not write counts nothing. */
    numberOrZero(column: string): number {
        return this.header.has(column) ? this.number(column) : 0;
    }

    numberOrNull(column: string): number | null {
        const text = this.text(column);
        if (text === "") {
            return null;
        }
        return /^-?\d+$/.test(text) ? Number(text) : this.wrong(column);
    }

    bits(column: string): bigint {
        const text = this.text(column);
        return /^-?\d+$/.test(text) ? BigInt(text) : this.wrong(column);
    }

    boolean(column: string): boolean {
        return this.text(column) === "t";
    }

    /** Milliseconds since 1970, of `2026-11-30 22:30:00.125+00`. */
    time(column: string): number {
        const parts = /^(\d{4,}-\d\d-\d\d) (\d\d:\d\d:\d\d)(\.\d+)?([+-]\d\d)(:\d\d)?$/.exec(this.text(column));
        if (!parts) {
            return this.wrong(column);
        }
        const [, day, clock, fraction = "", hours, minutes = ":00"] = parts;
        return Date.parse(`${day}T${clock}${fraction.slice(0, 4)}${hours}${minutes}`);
    }

    /** Null where there is none. */
    bytes(column: string): Uint8Array | null {
        const text = this.text(column);
        if (text === "") {
            return null;
        }
        if (!/^\\x(?:[0-9a-f]{2})*$/.test(text)) {
            return this.wrong(column);
        }
        const bytes = new Uint8Array(text.length / 2 - 1);
        for (let i = 0; i < bytes.length; i++) {
            bytes[i] = parseInt(text.slice(2 * i + 2, 2 * i + 4), 16);
        }
        return bytes;
    }

    /** Whether there is such a column, and a value in it. */
    has(column: string): boolean {
        return this.header.has(column) && this.text(column) !== "";
    }

    /** An array of texts: `{read,"1234 a b"}`. */
    texts(column: string): string[] {
        const text = this.text(column);
        if (!text.startsWith("{") || !text.endsWith("}")) {
            return this.wrong(column);
        }
        const found: string[] = [];
        for (let at = 1; at < text.length - 1; at++) {
            let element = "";
            let quoted = false;
            for (; at < text.length - 1 && (quoted || text[at] !== ","); at++) {
                if (text[at] === '"') {
                    quoted = !quoted;
                } else {
                    element += text[at] === "\\" ? (text[++at] ?? "") : (text[at] ?? "");
                }
            }
            found.push(element);
        }
        return found;
    }

    private wrong(column: string): never {
        const shown = this.text(column).split("\n")[0]?.slice(0, 60) ?? "";
        throw new BundleError(`${this.file} has a value in the column '${column}' that cannot be read: ${shown}`);
    }
}

/** The rows of a table with its header. */
export function readTable(file: string, text: string): Row[] {
    const rows: string[][] = [];
    let row: string[] = [];
    for (let at = 0; at < text.length; at++) {
        let field: string;
        [field, at] = fieldAt(file, text, at);
        row.push(field);
        if (at >= text.length || text[at] === "\n") {
            rows.push(row);
            row = [];
        }
    }
    const names = rows.shift();
    if (!names) {
        throw new BundleError(`${file} is empty`);
    }
    const header = new Map(names.map((name, at) => [name, at]));
    return rows.map((fields) => {
        if (fields.length !== names.length) {
            throw new BundleError(`${file} has a row of ${fields.length} fields, its header has ${names.length}`);
        }
        return new Row(file, header, fields);
    });
}

/** A field and the place of what ends it. */
function fieldAt(file: string, text: string, from: number): [string, number] {
    if (text[from] !== '"') {
        let end = from;
        while (end < text.length && text[end] !== "," && text[end] !== "\n") {
            end++;
        }
        return [text.slice(from, end), end];
    }
    let field = "";
    for (let at = from + 1; ;) {
        const quote = text.indexOf('"', at);
        if (quote < 0) {
            throw new BundleError(`${file} ends within a quoted field`);
        }
        field += text.slice(at, quote);
        if (text[quote + 1] !== '"') {
            return [field, quote + 1];
        }
        field += '"';
        at = quote + 2;
    }
}
