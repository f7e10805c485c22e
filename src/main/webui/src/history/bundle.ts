import { send } from "../protocol/http";

/** Bytes of a file that go in one request: less than the server takes, once they are base64. */
export const PART = 600_000;

interface ImportAnswer {
    readonly upload: string;
    readonly received: number;
    readonly capture: string | null;
}

/** Sends a bundle part by part and gives the id of its capture. */
export async function importBundle(
    file: Blob,
    ask: (body: unknown) => Promise<ImportAnswer> = (body) => send<ImportAnswer>("POST", "/captures/import", body),
): Promise<string> {
    let upload: string | null = null;
    for (let from = 0; ; from += PART) {
        const last = from + PART >= file.size;
        const data = base64(new Uint8Array(await file.slice(from, from + PART).arrayBuffer()));
        const answer: ImportAnswer = await ask({ upload, data, last });
        upload = answer.upload;
        if (last) {
            return answer.capture ?? "";
        }
    }
}

export function base64(bytes: Uint8Array): string {
    let text = "";
    for (let from = 0; from < bytes.length; from += 8192) {
        text += String.fromCharCode(...bytes.subarray(from, from + 8192));
    }
    return btoa(text);
}
