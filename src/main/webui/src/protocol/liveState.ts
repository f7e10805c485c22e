import {
    LOST,
    type DeltaFrame,
    type DictFrame,
    type Frame,
    type Interval,
    type RunEvent,
    type SnapshotFrame,
} from "./frames";
import type { Facet, LogLine, Losses, Run, Series } from "./model";
import { nextRates, type ProbeRates } from "./probeRates";

/** Columns kept per aggregate: what the server keeps for a resume, and what the heat map shows. */
export const COLUMNS_KEPT = 300;
/** Series kept however long they are silent: more than a table shows. */
const GREATEST = 200;
/** So many more may come before it is asked again which ones can go. */
const SERIES_ROOM = 2000;
const LINES_KEPT = 5000;
const EVENTS_KEPT = 200;

export interface LiveColumn extends Interval {
    readonly seq: number;
    readonly firstSeq: number;
    readonly flags: number;
}

/**
 * An aggregate as far as it is looked at: the series that counted in the kept columns, the greatest, and the chosen ones. The
 * service tells of the others when they count again; how many they are and what they counted is known all the same.
 */
export interface LiveAggregate {
    readonly series: ReadonlyMap<number, Series>;
    /** How many series the facet has had so far. */
    readonly of: number;
    readonly columns: readonly LiveColumn[];
    /** Count of each series since the run began, exact beyond 2^53; that of series 0 is the total of all. */
    readonly totals: ReadonlyMap<number, bigint>;
    /** The interval in which each series was told of or counted last. */
    readonly seen: ReadonlyMap<number, number>;
    /** With more series than this it is asked which ones can go. */
    readonly room: number;
    readonly seq: number;
}

/** All a page knows of a run that it watches. Every step makes a new value; drawing only reads. */
export interface LiveState {
    readonly run: Run;
    readonly intervalMillis: number;
    readonly seq: number;
    readonly aggregates: ReadonlyMap<number, LiveAggregate>;
    /** By aggregate: the series that are looked at alone, left out or highlighted. */
    readonly chosen: ReadonlyMap<number, ReadonlySet<number>>;
    readonly losses: Losses | null;
    readonly hitsPerSecond: number;
    /** Null before two frames of statistics. */
    readonly probeRates: ProbeRates | null;
    readonly statsAt: number;
    readonly lines: readonly LogLine[];
    readonly linesDropped: number;
    readonly events: readonly RunEvent[];
}

export const NO_AGGREGATE: LiveAggregate = {
    series: new Map(),
    of: 0,
    columns: [],
    totals: new Map(),
    seen: new Map(),
    room: SERIES_ROOM,
    seq: -1,
};
const NONE: ReadonlySet<number> = new Set();

export function initialState(run: Run): LiveState {
    return {
        run,
        intervalMillis: 1000,
        seq: -1,
        aggregates: new Map(),
        chosen: new Map(),
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
            return withAggregate(state, frame.agg, applyDictionary(aggregateOf(state, frame.agg), frame));
        }
        case "snapshot":
            return withAggregate(state, frame.agg, applySnapshot(aggregateOf(state, frame.agg), frame));
        case "delta": {
            const known = aggregateOf(state, frame.agg);
            if (frame.seq <= known.seq) {
                return state;
            }
            const next = forgetSilent(applyDelta(known, frame), state.chosen.get(frame.agg) ?? NONE);
            return withAggregate(attached(state), frame.agg, next);
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

function applyDictionary(known: LiveAggregate, frame: DictFrame): LiveAggregate {
    const series = new Map(known.series);
    const totals = new Map(known.totals);
    const seen = new Map(known.seen);
    frame.series.forEach(({ id, facet, keys, count }) => {
        series.set(id, { id, facet, keys });
        totals.set(id, BigInt(count));
        seen.set(id, frame.seq);
    });
    return { ...known, series, totals, seen, of: frame.of };
}

/**
 * Forgets the series that are in no kept column and neither great nor chosen. The service does the same reckoning: what
 * counts again after so long is told anew, with what it counted before.
 */
function forgetSilent(known: LiveAggregate, chosen: ReadonlySet<number>): LiveAggregate {
    if (known.series.size <= known.room) {
        return known;
    }
    const totalOf = (id: number) => known.totals.get(id) ?? 0n;
    const ids = [...known.series.keys()].sort((a, b) =>
        totalOf(a) === totalOf(b) ? a - b : totalOf(a) < totalOf(b) ? 1 : -1,
    );
    const isKept = (id: number, place: number) =>
        place < GREATEST || chosen.has(id) || (known.seen.get(id) ?? 0) > known.seq - COLUMNS_KEPT;
    const kept = new Set(ids.filter(isKept));
    return { ...knowing(known, kept), room: kept.size + SERIES_ROOM };
}

/** With these series and the total only. */
function knowing(known: LiveAggregate, kept: ReadonlySet<number>): LiveAggregate {
    const only = <T>(map: ReadonlyMap<number, T>) => new Map([...map].filter(([id]) => id === 0 || kept.has(id)));
    return { ...known, series: only(known.series), totals: only(known.totals), seen: only(known.seen) };
}

/** A snapshot column replaces the one we had, and its series those we knew: it speaks of the facet now chosen. */
function applySnapshot(known: LiveAggregate, frame: SnapshotFrame): LiveAggregate {
    const fresh = frame.columns.map(({ seq, flags, interval }) => ({ ...interval, seq, firstSeq: seq, flags }));
    const inSnapshot = new Set(fresh.map((column) => column.seq));
    // A merged column goes when all that it was made of is here, and stays when some of it is no longer kept.
    const kept = known.columns.filter((column) => !isCovered(column, inSnapshot));
    const merged = kept.filter((column) => column.firstSeq < column.seq);
    const added = fresh.filter(({ seq }) => !merged.some((column) => column.firstSeq <= seq && seq <= column.seq));
    const columns = [...kept, ...added].sort((a, b) => a.seq - b.seq).slice(-COLUMNS_KEPT);
    const told = knowing(known, new Set(frame.totals.map(({ id }) => id)));
    const totals = new Map(frame.totals.map(({ id, count }) => [id, count]));
    const last = columns.at(-1)?.seq ?? -1;
    return { ...told, columns, totals, room: SERIES_ROOM, seq: Math.max(known.seq, frame.seq, last) };
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
    const seen = new Map(known.seen);
    interval.ids.forEach((id, i) => {
        totals.set(id, (totals.get(id) ?? 0n) + (interval.counts[i] ?? 0n));
        seen.set(id, seq);
    });
    const columns = [...known.columns, { ...interval, seq, firstSeq, flags }].slice(-COLUMNS_KEPT);
    return { ...known, columns, totals, seen, seq };
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
