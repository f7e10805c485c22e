import { describe, expect, it } from "vitest";
import { base64, importBundle, PART } from "./bundle";

describe("a bundle", () => {
    it("goes in parts that make it whole again", async () => {
        const bytes = Uint8Array.from({ length: 2 * PART + 17 }, (_, i) => (i * 31) % 251);
        const asked: { upload: string | null; data: string; last: boolean }[] = [];
        const capture = await importBundle(new Blob([bytes]), (body) => {
            asked.push(body as (typeof asked)[number]);
            return Promise.resolve({ upload: "u", received: 0, capture: asked.length === 3 ? "c" : null });
        });
        expect(capture).toBe("c");
        expect(asked.map(({ upload, last }) => [upload, last])).toEqual([
            [null, false],
            ["u", false],
            ["u", true],
        ]);
        const back = asked.flatMap(({ data }) => [...atob(data)].map((sign) => sign.charCodeAt(0)));
        expect(back.length).toBe(bytes.length);
        expect(back.every((byte, i) => byte === bytes[i])).toBe(true);
    });

    it("may be empty", async () => {
        expect(base64(new Uint8Array())).toBe("");
        expect(
            await importBundle(new Blob([]), () => Promise.resolve({ upload: "u", received: 0, capture: null })),
        ).toBe("");
    });
});
