import { BundleError } from "./bundleError";

/** Uncompressed; more than a page can work with. */
const MOST_BYTES = 400 << 20;

const END_SIZE = 22;
const END = 0x06054b50;
const ENTRY = 0x02014b50;
const ENTRY_SIZE = 46;
const LOCAL = 0x04034b50;
const LOCAL_SIZE = 30;
const LONGEST_COMMENT = 0xffff;
const STORED = 0;
const DEFLATED = 8;

/** All files of a zip as texts, by their names. */
export async function unzip(bytes: Uint8Array): Promise<ReadonlyMap<string, string>> {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const files = new Map<string, string>();
    let left = MOST_BYTES;
    try {
        const end = endOf(view);
        let at = view.getUint32(end + 16, true);
        for (let entries = view.getUint16(end + 10, true); entries > 0; entries--) {
            if (view.getUint32(at, true) !== ENTRY) {
                throw new BundleError("the directory of the zip file is damaged");
            }
            const length = view.getUint16(at + 28, true);
            const name = new TextDecoder().decode(bytes.subarray(at + ENTRY_SIZE, at + ENTRY_SIZE + length));
            left -= view.getUint32(at + 24, true);
            if (left < 0) {
                throw new BundleError(`the bundle inflates to more than ${MOST_BYTES} bytes`);
            }
            const content = await contentOf(bytes, view, at, name);
            if (crc(content) !== view.getUint32(at + 16, true)) {
                throw new BundleError(`${name} is damaged: its checksum is another one`);
            }
            files.set(name, new TextDecoder().decode(content));
            at += ENTRY_SIZE + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
        }
    } catch (error) {
        throw error instanceof RangeError ? new BundleError("the zip file ends too early") : error;
    }
    return files;
}

/** Where the end of the directory begins: as far back as the longest comment. */
function endOf(view: DataView): number {
    const last = view.byteLength - END_SIZE;
    for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
        if (view.getUint32(at, true) === END) {
            return at;
        }
    }
    throw new BundleError("this is no zip file");
}

async function contentOf(bytes: Uint8Array, view: DataView, entry: number, name: string): Promise<Uint8Array> {
    const method = view.getUint16(entry + 10, true);
    const packed = view.getUint32(entry + 20, true);
    const local = view.getUint32(entry + 42, true);
    if (view.getUint32(local, true) !== LOCAL) {
        throw new BundleError(`${name} is not where the directory of the zip file says`);
    }
    const from = local + LOCAL_SIZE + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    if (from + packed > bytes.length) {
        throw new BundleError("the zip file ends too early");
    }
    const content = bytes.subarray(from, from + packed);
    if (method === STORED) {
        return content;
    }
    if (method !== DEFLATED) {
        throw new BundleError(`${name} is packed in the way ${method}, which is not known here`);
    }
    return inflate(content, view.getUint32(entry + 24, true));
}

/** What a raw deflate stream holds; refuses one that holds more than it should. */
export async function inflate(packed: Uint8Array, most: number): Promise<Uint8Array> {
    const stream = new Blob([packed.slice()]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    const reader = stream.getReader();
    const parts: Uint8Array[] = [];
    let size = 0;
    try {
        for (let next = await reader.read(); !next.done; next = await reader.read()) {
            parts.push(next.value);
            size += next.value.length;
            if (size > most) {
                await reader.cancel();
                throw new BundleError(`a part of the bundle inflates to more than ${most} bytes`);
            }
        }
    } catch (error) {
        // Browsers and Node throw errors of different kinds about what is no deflate stream.
        throw error instanceof BundleError ? error : new BundleError("a deflated part of the bundle is damaged");
    }
    const content = new Uint8Array(size);
    let at = 0;
    for (const part of parts) {
        content.set(part, at);
        at += part.length;
    }
    return content;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
    let value = n;
    for (let bit = 0; bit < 8; bit++) {
        value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    }
    return value;
});

function crc(bytes: Uint8Array): number {
    let value = 0xffffffff;
    for (const byte of bytes) {
        value = (value >>> 8) ^ (TABLE[(value ^ byte) & 0xff] ?? 0);
    }
    return (value ^ 0xffffffff) >>> 0;
}
