import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { HeatmapAnswer, QuantilesAnswer } from "../protocol/http";
import type { Capture } from "../protocol/model";
import { answersOf } from "./answers";
import { Bundle } from "./bundle";
import { readHistogram } from "./byteCodes";
import { fold } from "./rangeColumns";
import { readSeconds } from "./secondChunk";
import { seriesOf } from "./storedCapture";

const RECORDINGS = new URL("../../../resources/replay/", import.meta.url);
const SAMPLES = new URL("../../../../test/resources/stored/", import.meta.url);

const recordings = readdirSync(RECORDINGS).filter((name) => name.endsWith(".zip"));
const bytesOf = (name: string) => new Uint8Array(readFileSync(new URL(name, RECORDINGS)));

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const counted = ({ columns }: HeatmapAnswer) => sum(columns.flatMap(({ buckets }) => buckets.map(([, n]) => n)));

describe("a bundle", () => {
    it.each(recordings)("gives of %s each series' count by its seconds", async (name) => {
        const bundle = await Bundle.read(bytesOf(name));
        const answer = answersOf(bundle);
        const path = `/captures/${bundle.manifest.id}`;
        const capture = (await answer("GET", path)) as Capture;
        expect(capture.totals.length).toBeGreaterThan(0);
        for (const { agg, kind } of capture.aggregates) {
            const all = [...seriesOf(bundle, agg, "total"), ...seriesOf(bundle, agg, "full").slice(0, 20)];
            expect(all[0]?.count).toBe(capture.totals.find((one) => one.agg === agg)?.count);
            for (const series of all) {
                const asked = `agg=${agg}&facet=full&series=${series.id}`;
                const heatmap = (await answer("GET", `${path}/heatmap?${asked}&columns=600`)) as HeatmapAnswer;
                expect(sum(heatmap.columns.map(({ n }) => n))).toBe(series.count);
                expect(heatmap.coverage.finest).toBe("second");
                if (kind === "statistic") {
                    expect(counted(heatmap)).toBe(series.count);
                    const { whole } = (await answer("GET", `${path}/quantiles?${asked}&columns=1`)) as QuantilesAnswer;
                    expect([whole.n, whole.min, whole.max]).toEqual([series.count, series.min, series.max]);
                    expect(whole.values[0]).toBeCloseTo(series.p50 ?? 0, 6);
                }
            }
        }
    });

    it("says what is damaged", async () => {
        const bytes = bytesOf(recordings[0] ?? "");
        await expect(Bundle.read(bytes.slice(0, 100))).rejects.toThrow("no zip file");
        const damaged = bytes.slice();
        damaged.fill(0xff, 60, 90);
        await expect(Bundle.read(damaged)).rejects.toThrow(/damaged|inflates/);
    });
});

interface Sample {
    readonly about: string;
    readonly hex: string;
    readonly counts: readonly (readonly number[])[];
}

const samples = (file: string) => JSON.parse(readFileSync(new URL(file, SAMPLES), "utf8")) as Sample[];
const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, "hex"));
const inOrder = (rows: readonly (readonly number[])[]) =>
    rows.toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0));

describe("stored bytes", () => {
    it.each(samples("histograms.json"))("hold the buckets of $about", ({ hex, counts }) => {
        const found: number[][] = [];
        readHistogram(bytes(hex), (bucket, n) => found.push([bucket, n]));
        expect(found).toEqual(counts);
    });

    it.each(samples("seconds.json"))("hold the seconds of $about", async ({ hex, counts }) => {
        const found: number[][] = [];
        await readSeconds(bytes(hex), (second, bucket, n) => found.push([second, bucket, n]));
        expect(inOrder(found)).toEqual(inOrder(counts));
    });
});

describe("buckets", () => {
    it("fold towards zero", () => {
        expect([0, 7, 8, 9, 15, 16, -9].map((bucket) => fold(bucket, 0))).toEqual([0, 4, 8, 8, 8, 16, -8]);
        expect(fold(487, 3)).toBe(487);
    });
});
