import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Plugin, PreviewServer, ViteDevServer } from "vite";
import { WebSocketServer, type WebSocket } from "ws";
import { merge, quantile } from "../src/chart/histogram";
import type { ClientMessage } from "../src/protocol/control";
import type { Capture, Facet, Run } from "../src/protocol/model";
import { BYTES, COUNTER, dictionary, LATENCY, PROBES, SyntheticRun } from "./synthetic";
import { deltaFrame, jsonFrame, snapshotFrame, sumOf } from "./wire";

/** Development only: answers the REST and WebSocket contract with synthetic data. Never part of the build. */
export function mockServer(): Plugin {
    return {
        name: "stapscope-mock",
        configureServer: serve,
        configurePreviewServer: serve,
    };
}

function serve(server: ViteDevServer | PreviewServer): void {
    const mock = new Mock();
    server.middlewares.use("/api/v1", (request, response) => void mock.answer(request, response));
    const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => "stapscope.v1" });
    server.httpServer?.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
        const id = /^\/api\/v1\/runs\/([^/]+)\/stream/.exec(request.url ?? "")?.[1];
        if (id) {
            sockets.handleUpgrade(request, socket, head, (client) => mock.stream(id, client));
        }
    });
}

const SCRIPT = `// Latency of every system call of PostgreSQL, by process and call.
global latency

probe process("/usr/lib/postgresql/18/bin/postgres").syscall.return {
    latency[pid(), $syscall] <<< gettimeofday_ns() - @entry(gettimeofday_ns())
}

probe timer.s(10) {
    printf("p: %d calls so far\\n", @count(latency))
}
`;

class Mock {
    private readonly runs = new Map<string, SyntheticRun>();
    private readonly watchers = new Map<WebSocket, { id: string; facet: Facet }>();
    /** MOCK_AGE: a run that is already so many seconds old when the page comes. */
    private readonly age = Number(process.env["MOCK_AGE"] ?? 0);

    constructor() {
        ["checkout latency", "read sizes", "nightly vacuum"].forEach((name, i) => {
            const startedAt = Date.now() - (i + 1) * 3_700_000;
            const seconds = 150 + i * 90;
            const run = this.make(name, startedAt, { state: "stopped", stoppedAt: startedAt + seconds * 1000 });
            this.runs.set(run.id, new SyntheticRun(run, SCRIPT, seconds));
        });
        if (this.age > 0) {
            const run = this.make("postgres latency", Date.now() - this.age * 1000, {});
            this.runs.set(run.id, new SyntheticRun(run, SCRIPT, this.age));
        }
        setInterval(() => this.tick(), 1000);
    }

    private make(name: string, startedAt: number, more: Partial<Run>): Run {
        return {
            id: randomUUID(),
            name,
            state: "running",
            startedAt,
            stoppedAt: null,
            stopReason: null,
            aggregates: [LATENCY],
            probes: PROBES,
            target: null,
            losses: null,
            persistent: true,
            ...more,
        };
    }

    private tick(): void {
        for (const [id, run] of this.runs) {
            if (run.run.state === "running") {
                const seq = run.advance();
                for (const [client, watcher] of this.watchers) {
                    if (watcher.id === id) {
                        client.send(deltaFrame(0, run.interval(seq, watcher.facet)));
                        client.send(jsonFrame(5, 0, seq, { ...run.losses(), t: seq * 1000 + 1000 }));
                        if (seq % 10 === 9) {
                            client.send(jsonFrame(6, 0, seq, { lines: [this.line(run, seq)], dropped: 0 }));
                        }
                    }
                }
            }
        }
    }

    private line(run: SyntheticRun, seq: number) {
        const text = `p: ${run.hits} calls so far`;
        return { seq, t: run.run.startedAt + seq * 1000, stream: "out", text };
    }

    stream(id: string, client: WebSocket): void {
        client.on("close", () => this.watchers.delete(client));
        client.on("message", (data) => {
            const run = this.runs.get(id);
            const message = JSON.parse(String(data)) as ClientMessage;
            if (run && (message.type === "hello" || message.type === "view")) {
                const last = run.raws.length - 1;
                this.watchers.set(client, { id, facet: message.facet });
                if (message.type === "hello") {
                    client.send(JSON.stringify({ type: "welcome", run: run.run, seq: last, intervalMillis: 1000 }));
                }
                const totals = run.totals(message.facet);
                const series = dictionary()
                    .filter((one) => one.facet === message.facet)
                    .map((one) => ({ ...one, count: String(totals.get(one.id) ?? 0) }));
                client.send(jsonFrame(1, 0, Math.max(0, last), { series, of: series.length }));
                const first = Math.max(0, run.raws.length - 300);
                const intervals = run.raws.slice(first).map((_, i) => run.interval(first + i, message.facet));
                client.send(snapshotFrame(0, Math.max(0, last), intervals, totals));
                client.send(jsonFrame(5, 0, Math.max(0, last), { ...run.losses(), t: run.raws.length * 1000 }));
            }
        });
    }

    async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
        const url = new URL(request.url ?? "/", "http://mock");
        const chunks: Buffer[] = [];
        for await (const chunk of request) {
            chunks.push(chunk as Buffer);
        }
        const body = chunks.length > 0 ? (JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>) : {};
        const [status, answer] = this.route(request.method ?? "GET", url, body);
        response.statusCode = status;
        response.setHeader("Content-Type", "application/json");
        response.end(answer === null ? "" : JSON.stringify(answer));
    }

    private route(method: string, url: URL, body: Record<string, unknown>): [number, unknown] {
        const [kind, id, part] = url.pathname.split("/").slice(1);
        const run = id ? this.runs.get(id) : undefined;
        switch (`${method} ${kind}${id ? "/id" : ""}${part ? `/${part}` : ""}`) {
            case "GET session":
                return [200, SESSION];
            case "POST login":
                return body["token"] === "good"
                    ? [204, null]
                    : [401, refusal("login.token", "the token is used or wrong")];
            case "POST check":
                return [200, check(String(body["script"]))];
            case "POST format":
                return [200, { script: String(body["script"]) }];
            case "POST listing":
                return [200, listing(String(body["script"]))];
            case "GET tools":
                return [200, { tools: tools() }];
            case "POST complete":
                return [200, complete(String(body["script"]), Number(body["offset"]))];
            case "POST hover":
                return [200, { hover: null }];
            case "POST definition":
                return [200, { definition: null }];
            case "GET runs":
                return [200, { runs: [...this.runs.values()].map((one) => one.run) }];
            case "POST runs":
                return this.start(body);
            case "DELETE runs/id":
                return this.stop(run);
            case "GET runs/id":
                return run ? [200, run.run] : [404, refusal("run.unknown", "no such run")];
            case "GET captures":
                return this.list(url.searchParams.get("query") ?? "");
            case "DELETE captures/id":
                return [this.runs.delete(id ?? "") ? 204 : 404, null];
            case "GET processes":
                return [
                    200,
                    {
                        processes: PROCESSES.filter((one) =>
                            JSON.stringify(one).includes(url.searchParams.get("query") ?? ""),
                        ),
                    },
                ];
            case "GET doctor":
                return [200, DOCTOR];
            default:
                return run && kind === "captures"
                    ? history(run, part ?? "", url.searchParams)
                    : [404, refusal("unknown", "no such thing")];
        }
    }

    private start(body: Record<string, unknown>): [number, unknown] {
        const script = String(body["script"]);
        const checked = check(script);
        if (!checked.ok) {
            return [
                422,
                {
                    error: {
                        code: "script.rejected",
                        message: "the script has errors",
                        diagnostics: checked.diagnostics,
                    },
                },
            ];
        }
        const run = this.make("untitled", Date.now(), { aggregates: checked.aggregates });
        this.runs.set(run.id, new SyntheticRun(run, script));
        return [201, run];
    }

    private stop(run: SyntheticRun | undefined): [number, unknown] {
        if (!run) {
            return [404, refusal("run.unknown", "no such run")];
        }
        run.run = {
            ...run.run,
            state: "stopped",
            stoppedAt: Date.now(),
            stopReason: "stopped by user",
            losses: run.losses(),
        };
        for (const [client, watcher] of this.watchers) {
            if (watcher.id === run.run.id) {
                client.send(JSON.stringify({ type: "closed", run: run.run }));
                client.close(1000);
            }
        }
        return [202, null];
    }

    private list(query: string): [number, unknown] {
        const found = [...this.runs.values()].filter((run) => (run.run.name + run.script).includes(query));
        const captures = found.map(captureOf).sort((a, b) => b.startedAt - a.startedAt);
        return [200, { captures, total: captures.length }];
    }
}

function captureOf(run: SyntheticRun): Capture {
    const totals = run.run.aggregates.map(({ agg, name }) => ({ agg, name, count: run.hits }));
    return {
        ...run.run,
        losses: run.losses(),
        script: run.script,
        host: "db-172-16-3-150",
        kernel: "6.12.48",
        totals,
        consoleLines: 1,
        tags: [],
    };
}

function history(run: SyntheticRun, part: string, query: URLSearchParams): [number, unknown] {
    const facet = (query.get("facet") ?? "total") as Facet;
    const wanted = Number(query.get("series") ?? 0);
    const from = Number(query.get("from") ?? run.run.startedAt);
    const to = Number(query.get("to") ?? run.run.startedAt + run.raws.length * 1000);
    const columns = run.raws
        .map((_, seq) => ({
            t: run.run.startedAt + seq * 1000,
            counts: run.interval(seq, facet).series.get(wanted) ?? new Map<number, number>(),
        }))
        .filter(({ t }) => t >= from && t < to);
    switch (part) {
        case "":
            return [200, captureOf(run)];
        case "heatmap": {
            const answer = columns.map(({ t, counts }) => ({
                t,
                n: sumOf(counts),
                gap: false,
                buckets: [...counts].sort(([a], [b]) => a - b),
            }));
            return [200, { from, to, stepMillis: 1000, precision: 3, columns: answer }];
        }
        case "quantiles": {
            const n = columns.reduce((sum, { counts }) => sum + sumOf(counts), 0);
            return [
                200,
                { bound: 0.125, columns: [], whole: { n, sum: n * 41_000, min: 131, max: 88_123_456, values: [] } },
            ];
        }
        case "series":
            return [200, storedSeries(run, facet)];
        case "console":
            return [
                200,
                { lines: [{ seq: 1, t: from, stream: "out", text: `p: ${run.hits} calls so far` }], next: null },
            ];
        default:
            return [404, refusal("unknown", "no such thing")];
    }
}

function storedSeries(run: SyntheticRun, facet: Facet): unknown {
    const series = dictionary()
        .filter((one) => one.facet === facet)
        .map(({ id, keys }) => {
            const columns = run.raws.map(
                (_, seq) => run.interval(seq, facet).series.get(id) ?? new Map<number, number>(),
            );
            const histogram = merge(
                columns.map((counts) => ({
                    t: 0,
                    length: 0,
                    n: 0,
                    gap: false,
                    lost: false,
                    buckets: [...counts.keys()],
                    counts: [...counts.values()],
                })),
            );
            const value = (q: number) => quantile(histogram, q);
            return {
                id,
                keys,
                count: histogram.total,
                sum: null,
                min: null,
                max: value(1),
                p50: value(0.5),
                p90: value(0.9),
                p99: value(0.99),
                p999: value(0.999),
            };
        })
        .sort((a, b) => b.count - a.count);
    return { series, total: series.length };
}

const refusal = (code: string, message: string) => ({ error: { code, message, args: {} } });

/** An instruction for each line, so that the look can be seen. */
function listing(script: string) {
    const lines = script.split("\n").flatMap((text, i) => {
        const instructions = [`    ${i}  r1 = *(u64 *)(r6 + ${8 * i})`, `    ${i}  r0 += r1`];
        return text.startsWith("    ") ? [{ line: i + 1, text: text.trim(), instructions }] : [];
    });
    return {
        maps: ["session: array, key 4 bytes, value 64 bytes, 1 entries"],
        programs: [{ name: "sys_exit", hook: "BTF raw tracepoint sys_exit", lines }],
    };
}

/** The gallery as it stands in the sources. */
function tools() {
    const folder = new URL("../../resources/tools/", import.meta.url);
    const names = readFileSync(new URL("index", folder), "utf8").split("\n");
    return names
        .filter((name) => name !== "" && !name.startsWith("#"))
        .map((name) => {
            const script = readFileSync(new URL(`${name}.stp`, folder), "utf8");
            const [en = "", zh = "", category = ""] = script.split("\n").map((line) => line.replace(/^\/\/ /, ""));
            const half = (line: string, sign: string) => {
                const [title = "", ...rest] = line.split(sign);
                return { title, purpose: rest.join(sign) };
            };
            const [english, chinese] = [half(en, ": "), half(zh, "：")];
            return { name, english, chinese, category: category.slice(10), usage: "", keywords: [], script };
        });
}

/** A few suggestions of each kind, so that their look can be seen. */
function complete(script: string, offset: number) {
    const word = /[\w$@]*$/.exec(script.slice(0, offset))?.[0] ?? "";
    const items = [
        ["$syscall", "context", "long", "Number of the system call.", "$syscall"],
        ["latency", "global", "[long, long] stats", "", "latency[${}]"],
        ["execname", "function", "execname:string ()", "Name of the current thread.", "execname()"],
        [
            "foreach",
            "keyword",
            "foreach (k in a)",
            "Goes through an array.",
            "foreach (${key} in ${array}) {\n\t${}\n}",
        ],
    ];
    return {
        from: offset - word.length,
        complete: true,
        items: items
            .filter(([label]) => label?.startsWith(word))
            .map(([label, kind, detail, documentation, apply]) => ({ label, kind, detail, documentation, apply })),
    };
}

/** Finds one kind of mistake, so that the look of a finding can be seen: the name `$cnt`. */
function check(script: string) {
    const start = script.indexOf("$cnt");
    const line = script.slice(0, start).split("\n").length;
    const column = start - script.lastIndexOf("\n", start);
    const finding = {
        code: "E0304",
        severity: "error" as const,
        message: "`$cnt` is not a variable of this probe point",
        label: "unknown context variable",
        start,
        end: start + 4,
        line,
        column,
        endLine: line,
        endColumn: column + 4,
        notes: ["available here: $syscall, $return", "did you mean `$return`?"],
        fix: { start, end: start + 4, replacement: "$return", title: "write `$return`" },
    };
    return {
        ok: start < 0,
        diagnostics: start < 0 ? [] : [finding],
        probes: [],
        aggregates: aggregatesOf(script),
    };
}

function aggregatesOf(script: string) {
    return script.includes("<<<")
        ? [script.includes("$return") ? BYTES : script.includes("<<< 1") ? COUNTER : LATENCY]
        : [];
}

const SESSION = {
    authenticated: true,
    version: "0.1.0 (mock)",
    hostName: "db-172-16-3-150",
    kernel: "6.12.48",
    commandAllowed: true,
    canTrace: true,
    reason: null,
};

const PROCESSES = [3918, 3920, 3921, 4583].map((pid) => ({
    pid,
    name: "postgres",
    executable: "/usr/lib/postgresql/18/bin/postgres",
    command: "postgres: postgres digoal [local] idle",
}));

const DOCTOR = {
    summary: "On this host you can run 6 of 8 probe families. Missing: kernel functions, named parameters.",
    checks: [
        {
            id: "bpf",
            title: "bpf(2) usable",
            found: "a trivial program loads",
            verdict: "works",
            neededFor: "everything",
            fix: null,
        },
        {
            id: "btf",
            title: "Kernel types (BTF)",
            found: "/sys/kernel/btf/vmlinux, 5.2 MB",
            verdict: "works",
            neededFor: "field access",
            fix: null,
        },
        {
            id: "perf",
            title: "perf_event_paranoid",
            found: "2",
            verdict: "limited",
            neededFor: "use without root",
            fix: "sysctl kernel.perf_event_paranoid=1",
        },
        {
            id: "kprobe",
            title: "kprobes",
            found: "not built in",
            verdict: "blocked",
            neededFor: "kernel.function",
            fix: null,
        },
        {
            id: "utrace",
            title: "CONFIG_UTRACE",
            found: "removed from modern kernels",
            verdict: "info",
            neededFor: "nothing",
            fix: null,
        },
    ],
};
