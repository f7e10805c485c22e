import type { ProbeRates } from "../protocol/probeRates";
import type { Losses, Probe, ProbeFigures } from "../protocol/model";

/** What the handlers of one probe were hit by and take; null for what is not known. */
export interface Cost {
    readonly hits: number;
    readonly lost: number;
    /** Hits a second. */
    readonly rate: number | null;
    readonly nanosPerHit: number | null;
    /** Whether the time is a share of that of programs with other handlers. */
    readonly estimated: boolean;
    /** Of one CPU, 1 for all of it. */
    readonly share: number | null;
    /** Rates until now, oldest first. */
    readonly points: readonly number[];
}

export interface PointCost extends Cost {
    readonly point: string;
    readonly line: number;
}

const HIT_NANOS = 1e9;

/** The handlers of each key together, in the order of the script. */
function grouped<K>(probes: readonly Probe[], keyOf: (probe: Probe) => K): Map<K, Probe[]> {
    const groups = new Map<K, Probe[]>();
    for (const probe of probes) {
        const key = keyOf(probe);
        const group = groups.get(key);
        if (group) {
            group.push(probe);
        } else {
            groups.set(key, [probe]);
        }
    }
    return groups;
}

/** What is told of each line of the script on which the body of a probe begins. */
export function costsByLine(
    probes: readonly Probe[],
    losses: Losses | null,
    rates: ProbeRates | null,
): (Cost & { readonly line: number })[] {
    const figures = figuresOf(losses);
    return [...grouped(probes, ({ line }) => line)]
        .filter(([line]) => line > 0)
        .map(([line, group]) => ({ line, ...costOf(group, figures, rates) }));
}

/** What is told of each point of a script; several probes on one line at one point are one. */
export function costsByPoint(probes: readonly Probe[], losses: Losses | null, rates: ProbeRates | null): PointCost[] {
    const figures = figuresOf(losses);
    return [...grouped(probes, ({ line, point }) => `${line} ${point}`).values()].map((group) => ({
        point: group[0]?.point ?? "",
        line: group[0]?.line ?? 0,
        ...costOf(group, figures, rates),
    }));
}

function figuresOf(losses: Losses | null): ReadonlyMap<number, ProbeFigures> {
    return new Map((losses?.probes ?? []).map((one) => [one.handler, one]));
}

function costOf(group: readonly Probe[], figures: ReadonlyMap<number, ProbeFigures>, rates: ProbeRates | null): Cost {
    const known = group.flatMap(({ handler }) => figures.get(handler) ?? []);
    const points = summed(known.map(({ handler }) => rates?.get(handler) ?? []));
    const hits = known.reduce((sum, one) => sum + one.hits, 0);
    const timed = hits > 0 && known.every((one) => one.hits === 0 || one.nanosPerHit !== null);
    const nanos = known.reduce((sum, one) => sum + one.hits * (one.nanosPerHit ?? 0), 0);
    const perSecond = known.reduce(
        (sum, one) => sum + (rates?.get(one.handler)?.at(-1) ?? 0) * (one.nanosPerHit ?? 0),
        0,
    );
    const rated = rates !== null;
    return {
        hits,
        lost: known.reduce((sum, one) => sum + one.lost, 0),
        rate: rated ? (points.at(-1) ?? 0) : null,
        nanosPerHit: timed ? nanos / hits : null,
        estimated: timed && known.some((one) => one.estimated),
        share: timed && rated ? perSecond / HIT_NANOS : null,
        points,
    };
}

/** Rates of several handlers added up; they end at the same moment, and who was hit later has fewer. */
function summed(all: readonly (readonly number[])[]): number[] {
    const length = Math.max(0, ...all.map((one) => one.length));
    return Array.from({ length }, (_, i) => all.reduce((sum, one) => sum + (one[i - length + one.length] ?? 0), 0));
}
