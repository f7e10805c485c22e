import type { Call } from "../chart/flame";
import type { Listing } from "../editor/compiled";
import type { DefinitionInfo, HoverInfo, SuggestionsAnswer } from "../editor/services";
import type { Tool } from "../editor/tools";
import type { Aggregate, Capture, Diagnostic, Facet, Key, LogLine, ProcessEntry, Run, Session, Target } from "./model";

/** A refusal of the server: its code for the program, its sentence for the person. */
export class ApiError extends Error {
    override readonly name = "ApiError";

    constructor(
        readonly status: number,
        readonly code: string,
        message: string,
        readonly diagnostics: readonly Diagnostic[] = [],
    ) {
        super(message);
    }
}

/** What went wrong, in words for a person. */
export function messageOf(error: unknown): string {
    return error instanceof ApiError ? error.message : String(error);
}

/** The code of an {@link ApiError} when no server answered at all. */
export const UNREACHABLE = "unreachable";

export interface CheckAnswer {
    readonly ok: boolean;
    readonly diagnostics: readonly Diagnostic[];
    readonly probes: readonly { readonly text: string; readonly kind: string }[];
    readonly aggregates: readonly Aggregate[];
}

export interface RunRequest {
    readonly script: string;
    readonly arguments?: readonly string[];
    readonly name?: string;
    readonly target?: Target;
    readonly durationSeconds?: number;
    readonly intervalMillis?: number;
    /** Of one CPU, above which it is stopped. */
    readonly budgetPercent?: number;
}

/** A bundled recording that can be played. */
export interface Recording {
    readonly name: string;
    readonly script: string;
    readonly startedAt: number;
    readonly lengthMillis: number;
    readonly kernel: string;
    readonly totals: readonly { readonly agg: number; readonly name: string; readonly count: number }[];
}

export interface StoredSeries {
    readonly id: number;
    readonly keys: readonly Key[];
    readonly count: number;
    readonly sum: number | null;
    readonly min: number | null;
    readonly max: number | null;
    readonly p50: number | null;
    readonly p90: number | null;
    readonly p99: number | null;
    readonly p999: number | null;
}

/** How long the stored rows are. */
export type Level = "second" | "minute" | "hour" | "day";

/** What an answer about a range rests on: the exact range, and the finest rows that are left where it begins. */
export interface Coverage {
    readonly from: number;
    readonly to: number;
    readonly coarsest: Level;
    readonly finest: Level;
}

export interface HeatmapAnswer {
    readonly from: number;
    readonly to: number;
    readonly stepMillis: number;
    readonly precision: number;
    readonly coverage: Coverage;
    readonly columns: readonly {
        readonly t: number;
        readonly n: number;
        readonly gap: boolean;
        readonly buckets: readonly (readonly [number, number])[];
    }[];
}

export interface QuantilesAnswer {
    readonly bound: number;
    readonly whole: {
        readonly n: number;
        readonly sum: number | null;
        readonly min: number | null;
        readonly max: number | null;
        readonly values: readonly (number | null)[];
    };
}

export interface DoctorAnswer {
    readonly summary: string;
    readonly checks: readonly DoctorCheck[];
}

export interface DoctorCheck {
    readonly id: string;
    readonly title: string;
    readonly found: string;
    readonly verdict: "works" | "limited" | "blocked" | "info";
    readonly neededFor: string;
    readonly fix: string | null;
}

/** Counts of values in a selection and in the rest, for each way to split them. */
export interface ExplainAnswer {
    readonly inside: number;
    readonly rest: number;
    readonly splits: readonly {
        readonly facet: Facet;
        readonly series: number;
        readonly rows: readonly {
            readonly series: number;
            readonly keys: readonly Key[];
            readonly inside: number;
            readonly rest: number;
        }[];
    }[];
}

export interface ExplainQuery {
    readonly agg: number;
    readonly from: number;
    readonly to: number;
    readonly first: number;
    readonly last: number;
}

/** How often the points of a script are hit, counted for a moment by handlers that do nothing else. */
export interface EstimateAnswer {
    readonly millis: number;
    readonly points: readonly {
        readonly text: string;
        readonly line: number;
        readonly places: number;
        readonly slowPlaces: number;
        readonly counted: boolean;
        readonly hits: number;
        readonly perSecond: number;
    }[];
    readonly hitsPerSecond: number;
    readonly nanosPerHit: number;
    readonly cpuPercent: number;
}

/** Probe points of this host; whether there are more than were asked for. */
export interface PointsAnswer {
    readonly points: readonly ProbePoint[];
    readonly more: boolean;
}

export interface ProbePoint {
    readonly text: string;
    readonly documentation: string;
}

/** What the body of a probe may read; its type as C has it, where that is known. */
export interface PointVariable {
    readonly name: string;
    readonly type: string;
}

export interface SeriesChoice {
    readonly agg: number;
    readonly facet: Facet;
    readonly series?: number | undefined;
}

export interface TimeRange {
    readonly from: number;
    readonly to: number;
}

type Query = Record<string, string | number | undefined>;

export const api = {
    session: () => get<Session>("/session"),
    login: (token: string) => send<undefined>("POST", "/login", { token }),
    check: (script: string, target: Target | undefined, signal: AbortSignal, values: readonly string[] = []) =>
        send<CheckAnswer>("POST", "/check", { script, target, arguments: values }, signal),
    complete: (script: string, offset: number, signal: AbortSignal) =>
        send<SuggestionsAnswer>("POST", "/complete", { script, offset }, signal),
    hover: (script: string, offset: number) => send<{ hover: HoverInfo | null }>("POST", "/hover", { script, offset }),
    definition: (script: string, offset: number) =>
        send<{ definition: DefinitionInfo | null }>("POST", "/definition", { script, offset }),
    format: (script: string) => send<{ script: string }>("POST", "/format", { script }),
    listing: (script: string, target: Target | undefined, signal: AbortSignal, values: readonly string[] = []) =>
        send<Listing>("POST", "/listing", { script, target, arguments: values }, signal),
    estimate: (script: string, target: Target | undefined, values: readonly string[]) =>
        send<EstimateAnswer>("POST", "/estimate", { script, target, arguments: values }),
    startRun: (run: RunRequest) => send<Run>("POST", "/runs", run),
    replays: () => get<{ replays: Recording[] }>("/replays"),
    playReplay: (name: string, how: { speed: number; fromMillis: number }) =>
        send<Run>("POST", `/replays/${name}`, how),
    changeReplay: (id: string, change: { speed?: number; paused?: boolean }) =>
        send<Run>("POST", `/replays/playing/${id}`, change),
    stopRun: (id: string) => send<undefined>("DELETE", `/runs/${id}`),
    runs: () => get<{ runs: Run[] }>("/runs"),
    flame: (id: string, agg: number, value: "count" | "sum") => get<Call>(`/runs/${id}/flame`, { agg, value }),
    storedFlame: (id: string, agg: number, value: "count" | "sum") =>
        get<Call>(`/captures/${id}/flame`, { agg, value }),
    explain: (id: string, query: ExplainQuery) => get<ExplainAnswer>(`/runs/${id}/explain`, { ...query }),
    run: (id: string) => get<Run>(`/runs/${id}`),
    captures: (query: string, limit: number, offset: number) =>
        get<{ captures: Capture[]; total: number }>("/captures", { query: query || undefined, limit, offset }),
    capture: (id: string) => get<Capture>(`/captures/${id}`),
    deleteCapture: (id: string) => send<undefined>("DELETE", `/captures/${id}`),
    series: (id: string, agg: number, facet: Facet, limit: number) =>
        get<{ series: StoredSeries[]; total: number }>(`/captures/${id}/series`, { agg, facet, limit }),
    heatmap: (id: string, choice: SeriesChoice, range: TimeRange | null, columns: number) =>
        get<HeatmapAnswer>(`/captures/${id}/heatmap`, { ...choice, ...range, columns }),
    quantiles: (id: string, choice: SeriesChoice, range: TimeRange | null) =>
        get<QuantilesAnswer>(`/captures/${id}/quantiles`, { ...choice, ...range, q: "0.5,0.9,0.99", columns: 1 }),
    console: (id: string, after: number) =>
        get<{ lines: LogLine[]; next: number | null }>(`/captures/${id}/console`, { after, limit: 1000 }),
    points: (pattern: string, limit: number) => get<PointsAnswer>("/points", { pattern, limit }),
    pointVariables: (point: string) => get<{ variables: readonly PointVariable[] }>("/points/variables", { point }),
    processes: (query: string) => get<{ processes: ProcessEntry[] }>("/processes", { query: query || undefined }),
    tools: () => get<{ tools: readonly Tool[] }>("/tools"),
    doctor: () => get<DoctorAnswer>("/doctor"),
};

export function get<T>(path: string, query: Query = {}): Promise<T> {
    const given = Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]]));
    const text = new URLSearchParams(given).toString();
    return call<T>(path + (text ? `?${text}` : ""), { method: "GET", headers: { Accept: "application/json" } });
}

export function send<T>(
    method: "POST" | "PUT" | "DELETE",
    path: string,
    body?: unknown,
    signal?: AbortSignal,
): Promise<T> {
    return call<T>(path, {
        method,
        headers: { "Content-Type": "application/json", "X-Requested-By": "stapscope" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(signal ? { signal } : {}),
    });
}

/** Answers instead of the service: a page that holds all its data has none. Fails with {@link ApiError}. */
export type Answerer = (method: string, path: string) => Promise<unknown>;

let answerer: Answerer | null = null;

export function answerFrom(given: Answerer): void {
    answerer = given;
}

async function call<T>(path: string, init: RequestInit): Promise<T> {
    if (answerer) {
        return (await answerer(init.method ?? "GET", path)) as T;
    }
    const response = await fetch(`/api/v1${path}`, { credentials: "same-origin", ...init }).catch((cause: unknown) => {
        if (cause instanceof DOMException && cause.name === "AbortError") {
            throw cause;
        }
        throw new ApiError(0, UNREACHABLE, "the server does not answer");
    });
    const text = await response.text();
    if (!response.ok) {
        throw refusal(response, text);
    }
    return (text ? JSON.parse(text) : undefined) as T;
}

interface ErrorBody {
    readonly error?: {
        readonly code?: string;
        readonly message?: string;
        readonly diagnostics?: readonly Diagnostic[];
    };
}

function refusal(response: Response, text: string): ApiError {
    let body: ErrorBody = {};
    try {
        body = JSON.parse(text) as ErrorBody;
    } catch {
        // A proxy or a crash answers in HTML: the status line must do.
    }
    const message = body.error?.message ?? `${response.status} ${response.statusText}`.trim();
    return new ApiError(
        response.status,
        body.error?.code ?? `http.${response.status}`,
        message,
        body.error?.diagnostics,
    );
}
