import { LOST, type DeltaFrame, type Frame, type Interval, type RunEvent, type SnapshotFrame } from "./frames";
import type { Facet, LogLine, Losses, Run, Series } from "./model";
import { nextRates, type ProbeRates } from "./probeRates";

/** Columns kept per aggregate: what the server keeps for a resume, and what the heat map shows. */
export const COLUMNS_KEPT = 300;
const LINES_KEPT = 5000;
const EVENTS_KEPT = 200;

export interface LiveColumn extends Interval {
    readonly seq: number;
    readonly firstSeq: number;
    readonly flags: number;
}

export interface LiveAggregate {
    readonly series: ReadonlyMap<number, Series>;
    readonly columns: readonly LiveColumn[];
    /** Count of each series since the run began, exact beyond 2^53. */
    readonly totals: ReadonlyMap<number, bigint>;
    readonly seq: number;
}

/** All a page knows of a run that it watches. Every step makes a new value; drawing only reads. */
export interface LiveState {
    readonly run: Run;
    readonly intervalMillis: number;
    readonly seq: number;
    readonly aggregates: ReadonlyMap<number, LiveAggregate>;
    readonly losses: Losses | null;
    readonly hitsPerSecond: number;
    /** Null before two frames of statistics. */
    readonly probeRates: ProbeRates | null;
    readonly statsAt: number;
    readonly lines: readonly LogLine[];
    readonly linesDropped: number;
    readonly events: readonly RunEvent[];
}

const NO_AGGREGATE: LiveAggregate = { series: new Map(), columns: [], totals: new Map(), seq: -1 };

export function initialState(run: Run): LiveState {
    return {
        run,
        intervalMillis: 1000,
        seq: -1,
        aggregates: new Map(),
        losses: run.losses,
        hitsPerSecond: 0,
        probeRates: null,
        statsAt: 0,
        lines: [],
        linesDropped: 0,
        events: [],
    };
}

/** The state after one frame. A frame that repeats what is known changes nothing: resumed streams may overlap. */
export function reduce(state: LiveState, frame: Frame): LiveState {
    switch (frame.type) {
        case "dict": {
            const known = aggregateOf(state, frame.agg);
            const series = new Map(known.series);
            frame.series.forEach((one) => series.set(one.id, one));
            return withAggregate(state, frame.agg, { ...known, series });
        }
        case "snapshot":
            return withAggregate(state, frame.agg, applySnapshot(aggregateOf(state, frame.agg), frame));
        case "delta": {
            const known = aggregateOf(state, frame.agg);
            return frame.seq <= known.seq ? state : withAggregate(attached(state), frame.agg, applyDelta(known, frame));
        }
        case "stats":
            return applyStats(state, frame.stats);
        case "log":
            return applyLog(state, frame.lines, frame.dropped);
        case "event":
            return applyEvent(state, frame.event);
    }
}

/** Data come from attached probes: the run has started, whatever the welcome said a moment before. */
function attached(state: LiveState): LiveState {
    return state.run.state === "starting" ? { ...state, run: { ...state.run, state: "running" } } : state;
}

function aggregateOf(state: LiveState, agg: number): LiveAggregate {
    return state.aggregates.get(agg) ?? NO_AGGREGATE;
}

function withAggregate(state: LiveState, agg: number, value: LiveAggregate): LiveState {
    const aggregates = new Map(state.aggregates).set(agg, value);
    return { ...state, aggregates, seq: Math.max(state.seq, value.seq) };
}

/** A snapshot column replaces the one we had: it speaks of the facet now chosen. */
function applySnapshot(known: LiveAggregate, frame: SnapshotFrame): LiveAggregate {
    const fresh = frame.columns.map(({ seq, flags, interval }) => ({ ...interval, seq, firstSeq: seq, flags }));
    const inSnapshot = new Set(fresh.map((column) => column.seq));
    // A merged column goes when all that it was made of is here, and stays when some of it is no longer kept.
    const kept = known.columns.filter((column) => !isCovered(column, inSnapshot));
    const merged = kept.filter((column) => column.firstSeq < column.seq);
    const added = fresh.filter(({ seq }) => !merged.some((column) => column.firstSeq <= seq && seq <= column.seq));
    const columns = [...kept, ...added].sort((a, b) => a.seq - b.seq).slice(-COLUMNS_KEPT);
    const totals = new Map(known.totals);
    frame.totals.forEach(({ id, count }) => totals.set(id, count));
    const last = columns.at(-1)?.seq ?? -1;
    return { ...known, columns, totals, seq: Math.max(known.seq, frame.seq, last) };
}

function isCovered(column: LiveColumn, seqs: ReadonlySet<number>): boolean {
    for (let seq = column.firstSeq; seq <= column.seq; seq++) {
        if (!seqs.has(seq)) {
            return false;
        }
    }
    return true;
}

/**
 * The last interval that every aggregate has: where a broken stream goes on. The connection may have ended between the
 * frames of one interval. -1 when some aggregate has none.
 */
export function resumeFrom(state: LiveState): number {
    const seqs = state.run.aggregates.map(({ agg }) => state.aggregates.get(agg)?.seq ?? -1);
    return seqs.length > 0 ? Math.min(...seqs) : state.seq;
}

function applyDelta(known: LiveAggregate, frame: DeltaFrame): LiveAggregate {
    const { seq, firstSeq, flags, interval } = frame;
    const totals = new Map(known.totals);
    interval.ids.forEach((id, i) => totals.set(id, (totals.get(id) ?? 0n) + (interval.counts[i] ?? 0n)));
    const columns = [...known.columns, { ...interval, seq, firstSeq, flags }].slice(-COLUMNS_KEPT);
    return { ...known, columns, totals, seq };
}

function applyStats(state: LiveState, stats: Losses & { readonly t: number }): LiveState {
    const seconds = (stats.t - state.statsAt) / 1000;
    const before = state.statsAt > 0 && seconds > 0 ? state.losses : null;
    const hitsPerSecond = before ? Math.max(0, (stats.hits - before.hits) / seconds) : state.hitsPerSecond;
    const probeRates = before ? nextRates(state.probeRates, before, stats, seconds) : state.probeRates;
    return { ...attached(state), losses: stats, hitsPerSecond, probeRates, statsAt: stats.t };
}

function applyLog(state: LiveState, lines: readonly LogLine[], dropped: number): LiveState {
    const last = state.lines.at(-1)?.seq ?? -1;
    const all = [...state.lines, ...lines.filter((line) => line.seq > last)];
    const tooMany = Math.max(0, all.length - LINES_KEPT);
    return { ...state, lines: all.slice(tooMany), linesDropped: state.linesDropped + dropped + tooMany };
}

/** A stream that is resumed tells its events again. */
function applyEvent(state: LiveState, event: RunEvent): LiveState {
    const known = ({ t, kind, text }: RunEvent) => t === event.t && kind === event.kind && text === event.text;
    if (state.events.some(known)) {
        return state;
    }
    const run = event.state === null ? state.run : { ...state.run, state: event.state };
    return { ...state, run, events: [...state.events, event].slice(-EVENTS_KEPT) };
}

/** Total count of an aggregate: series 0 is always its total. */
export function totalOf(state: LiveState, agg: number): bigint {
    return state.aggregates.get(agg)?.totals.get(0) ?? 0n;
}

export function seriesOf(aggregate: LiveAggregate, facet: Facet): Series[] {
    return [...aggregate.series.values()].filter((series) => series.facet === facet);
}

/** Position of a series in a packed interval, or -1. */
export function positionOf(interval: Interval, id: number): number {
    let low = 0;
    let high = interval.ids.length - 1;
    while (low <= high) {
        const middle = (low + high) >> 1;
        const found = interval.ids[middle] ?? 0;
        if (found === id) {
            return middle;
        }
        if (found < id) {
            low = middle + 1;
        } else {
            high = middle - 1;
        }
    }
    return -1;
}

export function isLossy(column: LiveColumn): boolean {
    return (column.flags & LOST) !== 0;
}
