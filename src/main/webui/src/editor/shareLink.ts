import type { Target } from "../protocol/model";

/** What a link carries. It stands behind the `#`, which browsers send to no server. */
export interface Shared {
    readonly name: string;
    readonly text: string;
    readonly arguments: readonly string[];
    readonly target: Target | null;
    readonly durationSeconds: number;
}

const MARK = "#script=";

/** Longer links are cut by chat programs and proxies. */
export const LONGEST_LINK = 16_000;
const LONGEST_TEXT = 262_144;

export async function linkOf(origin: string, shared: Shared): Promise<string> {
    const { name, text, arguments: values, target, durationSeconds } = shared;
    const json = JSON.stringify({ v: 1, name, text, arguments: values, target, durationSeconds });
    const bytes = await through(new CompressionStream("deflate-raw"), new TextEncoder().encode(json));
    const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
    return `${origin}/${MARK}${base64.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "")}`;
}

export function isShared(hash: string): boolean {
    return hash.startsWith(MARK);
}

/** What a link carries; null when it is damaged. Nothing of it is trusted, and nothing of it is run. */
export async function sharedIn(hash: string): Promise<Shared | null> {
    try {
        const base64 = hash.slice(MARK.length).replace(/-/g, "+").replace(/_/g, "/");
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const json = new TextDecoder().decode(await through(new DecompressionStream("deflate-raw"), bytes));
        return checked(JSON.parse(json));
    } catch {
        return null;
    }
}

function checked(value: unknown): Shared | null {
    if (typeof value !== "object" || value === null) {
        return null;
    }
    const { v, name, text, arguments: values, target, durationSeconds } = value as Record<string, unknown>;
    const texts = Array.isArray(values) && values.length <= 32 && values.every((one) => typeof one === "string");
    if (v !== 1 || typeof name !== "string" || typeof text !== "string" || !texts) {
        return null;
    }
    return {
        name: name.slice(0, 80),
        text,
        arguments: values as string[],
        target: checkedTarget(target),
        durationSeconds: typeof durationSeconds === "number" && durationSeconds > 0 ? durationSeconds : 0,
    };
}

function checkedTarget(value: unknown): Target | null {
    const { pid, command } = (value ?? {}) as Record<string, unknown>;
    if (typeof pid === "number" && Number.isInteger(pid) && pid > 0) {
        return { pid };
    }
    return typeof command === "string" && command !== "" ? { command } : null;
}

async function through(stream: CompressionStream | DecompressionStream, bytes: Uint8Array): Promise<Uint8Array> {
    const output = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(stream).getReader();
    const parts: Uint8Array[] = [];
    let length = 0;
    for (;;) {
        const { done, value } = await output.read();
        if (done) {
            break;
        }
        length += value.length;
        // A few bytes can unpack to more than any script may be.
        if (length > 2 * LONGEST_TEXT) {
            await output.cancel();
            throw new RangeError("the link unpacks to more than a script may be");
        }
        parts.push(value);
    }
    const whole = new Uint8Array(length);
    let at = 0;
    for (const part of parts) {
        whole.set(part, at);
        at += part.length;
    }
    return whole;
}
