import type { Account } from "../history/account";
import type { Note } from "../history/historyApi";
import type { StoredSeries } from "../protocol/http";
import type { Capture, Facet, Key, KeyKind, LogLine, Losses } from "../protocol/model";
import type { Bundle } from "./bundle";
import { readHistogram } from "./byteCodes";
import { Counts } from "./counts";
import type { Row } from "./csv";

/** By their numbers in the database. */
const FACETS: readonly Facet[] = ["full", "total", "pid", "syscall", "tid", "cpu", "uid", "execname"];

const MOST_GAPS = 1000;

const isOver = (bundle: Bundle) => ["stopped", "failed"].includes(bundle.manifest.state);

/** The capture of a bundle, as the service says it once it has taken the bundle in. */
export function captureOf(bundle: Bundle, endSecond: number): Capture {
    const { manifest } = bundle;
    const console = bundle.rows("console");
    const over = isOver(bundle);
    return {
        id: manifest.id,
        name: manifest.name,
        state: over && manifest.state === "stopped" ? "stopped" : "failed",
        startedAt: manifest.startedAtMillis,
        stoppedAt: manifest.stoppedAtMillis ?? manifest.startedAtMillis + endSecond * 1000,
        stopReason: over ? manifest.stopReason : "the bundle was made while it ran",
        aggregates: manifest.aggregates,
        probes: bundle.rows("capture_probe").map((row) => ({
            handler: row.number("handler"),
            point: row.text("point"),
            line: row.number("line"),
            column: row.number("col"),
        })),
        target: manifest.target,
        losses: lossesOf(bundle),
        persistent: true,
        script: bundle.script,
        host: manifest.host.name,
        kernel: manifest.host.kernel,
        totals: manifest.totals,
        consoleLines: console.reduce((most, row) => Math.max(most, row.number("seq") + linesOf(row) - 1), 0),
        tags: manifest.tags,
    };
}

/** Those of the last minute: they count from the start of the capture. */
function lossesOf(bundle: Bundle): Losses | null {
    const row = bundle
        .rows("capture_minute")
        .reduce<Row | null>((last, one) => (last && last.time("ts") > one.time("ts") ? last : one), null);
    if (!row) {
        return null;
    }
    const losses = {
        lostEvents: row.number("lost_events"),
        lostKeys: row.number("lost_keys"),
        lostUpdates: row.number("lost_updates"),
        lostReturns: row.numberOrZero("lost_returns"),
        recursionMisses: row.number("recursion_misses"),
    };
    const malformed = row.numberOrZero("malformed");
    return {
        ...losses,
        hits: row.number("hits"),
        skippedSelf: row.number("skipped_self"),
        skippedNoEntry: row.number("skipped_no_entry"),
        readFaults: row.number("read_faults"),
        softErrors: row.number("soft_errors"),
        keys: row.number("keys"),
        keyCapacity: row.number("key_capacity"),
        nanosPerHit: row.number("hit_ns"),
        lost: Object.values(losses).reduce((sum, each) => sum + each, malformed),
        probes: bundle
            .rows("capture_probe")
            .map((probe) => ({
                handler: probe.number("handler"),
                hits: probe.number("hits"),
                lost: probe.number("lost"),
                nanosPerHit: probe.numberOrNull("hit_ns"),
                estimated: probe.boolean("estimated"),
            }))
            .filter((probe) => probe.hits > 0 || probe.lost > 0),
    };
}

/** What was said where it was made; a bundle of an older version says nothing, and so that is what is known. */
export function accountOf(bundle: Bundle): Account {
    const { complete = null, inexact } = bundle.manifest;
    const over = isOver(bundle);
    const unsaid = over ? (complete === null ? ["bundle_without_verdict=?"] : []) : ["bundle_of_running=?"];
    return {
        complete: over && complete === true,
        inexact: [...(inexact ?? []), ...unsaid],
        gaps: bundle
            .rows("gap")
            .map((row) => ({
                from: row.time("from_at"),
                to: row.time("to_at"),
                reason: row.text("reason"),
                lost: row.numberOrNull("lost"),
                detail: row.text("detail"),
            }))
            .sort((a, b) => a.from - b.from)
            .slice(0, MOST_GAPS),
    };
}

export function notesOf(bundle: Bundle): Note[] {
    return bundle
        .rows("annotation")
        .map((row, id) => ({ id, from: row.time("from_at"), to: row.time("to_at"), text: row.text("text") }))
        .sort((a, b) => a.from - b.from);
}

const linesOf = (row: Row) => row.numberOrZero("lines") || 1;

/** All lines of the console; those of a block stand in one row. */
export function consoleOf(bundle: Bundle): LogLine[] {
    return bundle
        .rows("console")
        .flatMap((row) => {
            // A single line may hold anything.
            const texts = linesOf(row) === 1 ? [row.text("line")] : row.text("line").split("\n");
            const [seq, t, stream] = [row.number("seq"), row.time("ts"), row.text("stream")];
            return texts.map((text, i): LogLine => ({
                seq: seq + i,
                t,
                stream: stream === "err" ? "err" : "out",
                text,
            }));
        })
        .sort((a, b) => a.seq - b.seq);
}

/** The series of a facet, the largest first. */
export function seriesOf(bundle: Bundle, agg: number, facet: Facet): StoredSeries[] {
    return bundle
        .rows("series")
        .filter((row) => row.number("agg") === agg && FACETS[row.number("facet")] === facet)
        .map(summaryOf)
        .sort((a, b) => b.count - a.count || a.id - b.id);
}

function summaryOf(row: Row): StoredSeries {
    const counts = new Counts();
    const hist = row.bytes("hist");
    if (hist) {
        readHistogram(hist, (bucket, n) => counts.add(bucket, n));
    }
    const [min, max] = [row.number("vmin"), row.number("vmax")];
    const quantile = (q: number) => (counts.total === 0 ? 0 : counts.quantile(q, min, max));
    return {
        id: row.number("number"),
        keys: keysOf(row),
        count: row.number("n"),
        sum: row.number("sum"),
        min,
        max,
        p50: quantile(0.5),
        p90: quantile(0.9),
        p99: quantile(0.99),
        p999: quantile(0.999),
    };
}

function keysOf(row: Row): Key[] {
    const [kinds, values, labels] = [row.texts("key_kinds"), row.texts("keys"), row.texts("labels")];
    // Bundles of earlier versions have none.
    const notes = row.has("notes") ? row.texts("notes") : [];
    return kinds.map((kind, i) => {
        const value = values[i] ?? "";
        const isNumber = kind !== "execname" && /^[+-]?\d{1,19}$/.test(value);
        return {
            kind: kind as KeyKind,
            value: isNumber ? Number(value) : value,
            label: labels[i] ?? "",
            note: notes[i] || null,
        };
    });
}
