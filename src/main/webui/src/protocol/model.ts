/** The records both the REST answers and the stream speak of. Times are milliseconds since 1970 unless a name says else. */

export type Unit = "ns" | "us" | "ms" | "s" | "bytes" | "none";
export type KeyKind = "pid" | "tid" | "syscall" | "cpu" | "uid" | "execname" | "stack" | "ustack" | "plain";
/** How series are grouped: all in one, by one kind of key, or by the full key. */
export type Facet = "total" | "full" | KeyKind;
export type RunState = "starting" | "running" | "stopping" | "stopped" | "failed";

export interface Aggregate {
    readonly agg: number;
    readonly name: string;
    readonly kind: "statistic" | "counter";
    readonly keyKinds: readonly KeyKind[];
    readonly unit: Unit;
    readonly line: number;
}

export interface Key {
    readonly kind: KeyKind;
    readonly value: string | number;
    readonly label: string;
    /** What it does or did last, such as the query of a PostgreSQL backend. */
    readonly note?: string | null;
}

export interface Series {
    readonly id: number;
    readonly facet: Facet;
    readonly keys: readonly Key[];
}

export interface Losses {
    readonly hits: number;
    readonly skippedSelf: number;
    readonly skippedNoEntry: number;
    readonly lostEvents: number;
    readonly lostKeys: number;
    readonly lostUpdates: number;
    readonly lostReturns: number;
    readonly readFaults: number;
    readonly recursionMisses: number;
    readonly softErrors: number;
    readonly keys: number;
    readonly keyCapacity: number;
    readonly nanosPerHit: number;
    readonly lost: number;
    /** Handlers that were hit or lost something; the others were not hit. */
    readonly probes: readonly ProbeFigures[];
}

/** What one handler was hit by and takes, since the run began. */
export interface ProbeFigures {
    readonly handler: number;
    readonly hits: number;
    readonly lost: number;
    /** Null while it is not known. */
    readonly nanosPerHit: number | null;
    /** Whether that is a share of the time of a program with several handlers. */
    readonly estimated: boolean;
}

/** A handler of a script: what happens at one probe point. */
export interface Probe {
    readonly handler: number;
    readonly point: string;
    /** Where its body begins, from 1; 0 for one of the library. */
    readonly line: number;
    readonly column: number;
}

export interface Target {
    readonly pid?: number;
    readonly command?: string;
}

/** How a recording plays. */
export interface Replaying {
    readonly name: string;
    /** Times as fast as it was recorded. */
    readonly speed: number;
    readonly paused: boolean;
    readonly lengthMillis: number;
}

export interface Run {
    readonly id: string;
    readonly name: string;
    readonly state: RunState;
    readonly startedAt: number;
    readonly stoppedAt: number | null;
    readonly stopReason: string | null;
    readonly aggregates: readonly Aggregate[];
    readonly probes: readonly Probe[];
    readonly target: { readonly pid: number | null; readonly command: string | null } | null;
    readonly losses: Losses | null;
    /** Goes on when nobody watches; otherwise it ends a little after the last page has gone. */
    readonly persistent: boolean;
    /** What its handlers may take of one CPU; 0 is no budget. Not told of a stored capture. */
    readonly budgetPercent?: number;
    /** Who started it. Not told of a stored capture. */
    readonly user?: string;
    /** What plays when this is a recording, never something that happens now. */
    readonly replay?: Replaying | null;
}

export interface Capture extends Run {
    readonly script: string;
    readonly host: string;
    readonly kernel: string;
    readonly totals: readonly { readonly agg: number; readonly name: string; readonly count: number }[];
    readonly consoleLines: number;
    readonly tags: readonly string[];
}

export interface LogLine {
    readonly seq: number;
    readonly t: number;
    readonly stream: "out" | "err";
    readonly text: string;
}

export interface Fix {
    readonly start: number;
    readonly end: number;
    readonly replacement: string;
    readonly title: string;
}

/** A finding of the compiler; start and end count UTF-16 units, line and column count from 1. */
export interface Diagnostic {
    readonly code: string;
    readonly severity: "error" | "warning";
    readonly message: string;
    readonly label: string;
    readonly start: number;
    readonly end: number;
    readonly line: number;
    readonly column: number;
    readonly endLine: number;
    readonly endColumn: number;
    readonly notes: readonly string[];
    readonly fix: Fix | null;
}

export interface Session {
    readonly authenticated: boolean;
    readonly version: string;
    readonly hostName: string;
    readonly kernel: string;
    readonly commandAllowed: boolean;
    readonly canTrace: boolean;
    readonly reason: string | null;
}

export interface ProcessEntry {
    readonly pid: number;
    readonly name: string;
    readonly executable: string;
    readonly command: string;
}
