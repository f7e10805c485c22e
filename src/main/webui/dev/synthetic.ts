import { bucketOf } from "../src/chart/buckets";
import type { Aggregate, Facet, Key, Losses, Probe, Run } from "../src/protocol/model";
import { sumOf, type SyntheticInterval } from "./wire";

/** Development only: invented latencies of invented processes, moving enough to look at. */

interface Source {
    readonly pid: number;
    readonly name: string;
    readonly syscall: number;
    readonly call: string;
    readonly rate: number;
    /** Middle and spread of the latency, in buckets. */
    readonly middle: number;
    readonly spread: number;
}

const CALLS: readonly (readonly [number, string, number, number, number])[] = [
    [0, "read", 5200, 1400, 6],
    [17, "pread64", 3100, 6500, 9],
    [1, "write", 2400, 2600, 6],
    [18, "pwrite64", 700, 21_000, 11],
    [202, "futex", 900, 380_000, 22],
    [232, "epoll_wait", 420, 4_800_000, 11],
    [75, "fdatasync", 60, 2_400_000, 6],
    [45, "recvfrom", 1500, 3100, 8],
    [44, "sendto", 1500, 9200, 7],
    [8, "lseek", 800, 240, 4],
];
const PIDS = [3918, 3920, 3921, 3922, 4583, 4591, 4758];

export const SOURCES: readonly Source[] = PIDS.flatMap((pid, i) =>
    CALLS.map(([syscall, call, rate, nanos, spread], j) => ({
        pid,
        name: "postgres",
        syscall,
        call,
        rate: (rate * (1.4 - i * 0.17)) / (1 + ((i * 7 + j * 3) % 5) / 2),
        middle: bucketOf(nanos) + ((i * 5 + j) % 4) - 2,
        spread,
    })),
);

const aggregate = (agg: number, name: string, kind: Aggregate["kind"], unit: Aggregate["unit"], line: number) =>
    ({ agg, name, kind, keyKinds: ["pid", "syscall"], unit, line }) as const;

export const LATENCY: Aggregate = aggregate(0, "latency", "statistic", "ns", 2);

export const PROBES: readonly Probe[] = [
    { handler: 0, point: 'process("/usr/lib/postgresql/18/bin/postgres").syscall.return', line: 4, column: 74 },
    { handler: 1, point: "timer.s(10)", line: 8, column: 19 },
];

export const BYTES: Aggregate = aggregate(0, "bytes", "statistic", "bytes", 2);
export const COUNTER: Aggregate = aggregate(0, "calls", "counter", "none", 2);

/** Sizes cluster at powers of two; some reads end at once, some would block. */
function rawSizes(random: () => number): Raw {
    return SOURCES.map((source) => {
        const sizes = [-11, 0, 1, 512, 4096, 8192, 8192, 65536].map(
            (size) => [bucketOf(size), source.rate / 9] as const,
        );
        return new Map(sizes.map(([bucket, expected]) => [bucket, Math.floor(expected * random() * 2) + 1]));
    });
}

const pidKey = (source: Source): Key => ({ kind: "pid", value: source.pid, label: `${source.pid} ${source.name}` });
const callKey = (source: Source): Key => ({ kind: "syscall", value: source.syscall, label: source.call });

/** Ids: 1.. by pid, 101.. by call, 1001.. by both. */
export function seriesIdOf(source: Source, facet: Facet): number {
    switch (facet) {
        case "pid":
            return 1 + PIDS.indexOf(source.pid);
        case "syscall":
            return 101 + CALLS.findIndex(([number]) => number === source.syscall);
        default:
            return 1001 + SOURCES.indexOf(source);
    }
}

export function dictionary(): { id: number; facet: Facet; keys: Key[] }[] {
    const found = new Map<number, { id: number; facet: Facet; keys: Key[] }>();
    for (const source of SOURCES) {
        const entries: [Facet, Key[]][] = [
            ["pid", [pidKey(source)]],
            ["syscall", [callKey(source)]],
            ["full", [pidKey(source), callKey(source)]],
        ];
        for (const [facet, keys] of entries) {
            const id = seriesIdOf(source, facet);
            found.set(id, { id, facet, keys });
        }
    }
    return [...found.values()];
}

/** What every source did in one interval, by its place in SOURCES. */
export type Raw = readonly Map<number, number>[];

export function rawInterval(second: number, random: () => number): Raw {
    const wave = 1 + 0.35 * Math.sin(second / 17) + (second % 61 > 54 ? 1.2 : 0);
    const stall = second % 97 > 84;
    return SOURCES.map((source) => {
        const counts = new Map<number, number>();
        const slow = stall && (source.call === "pwrite64" || source.call === "fdatasync") ? 26 : 0;
        const middle = source.middle + slow + 1.8 * Math.sin(second / 23 + source.pid);
        for (
            let bucket = Math.max(1, Math.floor(middle - 4 * source.spread));
            bucket < middle + 6 * source.spread;
            bucket++
        ) {
            const distance = (bucket - middle) / (bucket > middle ? source.spread * 1.5 : source.spread * 0.75);
            const expected = ((source.rate * wave) / source.spread / 2.8) * Math.exp(-(distance * distance) / 2);
            const count = Math.floor(expected + random());
            if (count > 0 && (expected > 0.15 || random() < 0.05)) {
                counts.set(bucket, count);
            }
        }
        return counts;
    });
}

export function grouped(raw: Raw, facet: Facet): Map<number, Map<number, number>> {
    const series = new Map<number, Map<number, number>>([[0, new Map()]]);
    raw.forEach((counts, i) => {
        const ids = facet === "total" ? [0] : [0, seriesIdOf(SOURCES[i] as Source, facet)];
        for (const id of ids) {
            const sum = series.get(id) ?? new Map<number, number>();
            counts.forEach((count, bucket) => sum.set(bucket, (sum.get(bucket) ?? 0) + count));
            series.set(id, sum);
        }
    });
    return series;
}

/** One invented run with all its intervals. */
export class SyntheticRun {
    readonly raws: Raw[] = [];
    hits = 0;
    private seed: number;

    constructor(
        public run: Run,
        readonly script: string,
        seconds = 0,
    ) {
        this.seed = run.startedAt % 2147483647;
        for (let i = 0; i < seconds; i++) {
            this.advance();
        }
    }

    advance(): number {
        const random = () => this.random();
        const sizes = this.run.aggregates[0]?.unit === "bytes";
        const raw = sizes ? rawSizes(random) : rawInterval(this.raws.length, random);
        this.raws.push(raw);
        this.hits += raw.reduce((sum, counts) => sum + sumOf(counts), 0);
        return this.raws.length - 1;
    }

    interval(seq: number, facet: Facet): SyntheticInterval {
        const flags = seq % 140 === 121 ? 4 : 0;
        return { seq, start: seq * 1000, length: 1000, flags, series: grouped(this.raws[seq] ?? [], facet) };
    }

    totals(facet: Facet): Map<number, number> {
        const totals = new Map<number, number>();
        for (const raw of this.raws) {
            grouped(raw, facet).forEach((counts, id) => totals.set(id, (totals.get(id) ?? 0) + sumOf(counts)));
        }
        return totals;
    }

    losses(): Losses {
        return {
            hits: this.hits,
            skippedSelf: 1210,
            skippedNoEntry: 14,
            lostEvents: 0,
            lostKeys: 0,
            lostUpdates: 0,
            lostReturns: 0,
            readFaults: 0,
            recursionMisses: 0,
            softErrors: 0,
            keys: SOURCES.length,
            keyCapacity: 10240,
            nanosPerHit: 84,
            lost: 0,
            probes: [
                { handler: 0, hits: this.hits, lost: 0, nanosPerHit: 84, estimated: false },
                {
                    handler: 1,
                    hits: Math.floor(this.raws.length / 10),
                    lost: 0,
                    nanosPerHit: this.raws.length < 20 ? null : 5200,
                    estimated: false,
                },
            ],
        };
    }

    private random(): number {
        this.seed = (this.seed * 48271) % 2147483647;
        return this.seed / 2147483647;
    }
}
