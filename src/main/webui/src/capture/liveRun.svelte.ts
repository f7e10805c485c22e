import { decodeControl, type ClientMessage, type KeptSeries, type ServerMessage } from "../protocol/control";
import { decodeFrame } from "../protocol/frames";
import { api, ApiError } from "../protocol/http";
import { initialState, reduce, resumeFrom, type LiveState } from "../protocol/liveState";
import type { Capture, Facet, Run } from "../protocol/model";

export type Connection = "connecting" | "open" | "lost" | "closed";

const RETRIES = [300, 700, 1500, 3000, 5000];
const NO_SUCH_RUN = 404;
const LOGGED_OUT = 401;

/** Counters come with every interval: a connection that is silent for so many of them, and so long, is dead. */
const SILENT_INTERVALS = 5;
const SILENT_MILLIS = 8000;

/** One watched run: owns its socket and its state. Reconnects and resumes until the run has ended. */
export class LiveRun {
    state = $state.raw<LiveState>(undefined as unknown as LiveState);
    connection = $state<Connection>("connecting");
    facet = $state<Facet>("total");
    /** When this page first saw the run attached, to notice that nothing hits. */
    attachedAt = $state<number | null>(null);

    /** The server has let go of the run: what it stored is what there is to show. */
    stored = $state.raw<Capture | null>(null);
    /** The server does not know this browser any more: it was started anew. */
    loggedOut = $state(false);

    private socket: WebSocket | null = null;
    private failures = 0;
    private heardAt = 0;
    private caughtUp = false;
    /** Frames with intervals that this connection brought: the server compares them with what it sent. */
    private frames = 0;
    /** The run ended while the page was hidden, and with it the last intervals were not sent. */
    private owed = false;
    private readonly onvisibility = () => this.visibility();
    private readonly watchdog: ReturnType<typeof setInterval>;
    private retry: ReturnType<typeof setTimeout> | undefined;

    constructor(run: Run, facet: Facet) {
        this.state = initialState(run);
        this.facet = facet;
        document.addEventListener("visibilitychange", this.onvisibility);
        this.watchdog = setInterval(() => this.watch(), 1000);
        this.connect(null);
    }

    /** Groups by another facet. An ended run is asked once more: the server keeps it for a while. */
    view(facet: Facet): void {
        this.facet = facet;
        if (this.connection === "closed" && this.ended) {
            this.connect(null);
        } else {
            this.send({ type: "view", facet });
        }
    }

    /** Series that are looked at stay known, however long they are silent. */
    choose(agg: number, series: readonly number[]): void {
        this.state = { ...this.state, chosen: new Map(this.state.chosen).set(agg, new Set(series)) };
    }

    private get kept(): KeptSeries[] {
        return [...this.state.chosen].flatMap(([agg, all]) => [...all].map((series) => ({ agg, series })));
    }

    /** What the server has just said about the run. */
    take(run: Run): void {
        this.state = { ...this.state, run: { ...this.state.run, replay: run.replay ?? null } };
    }

    private get ended(): boolean {
        return this.state.run.state === "stopped" || this.state.run.state === "failed";
    }

    /** Stops watching; the run itself goes on. */
    leave(): void {
        clearTimeout(this.retry);
        if (!this.owed) {
            clearInterval(this.watchdog);
            document.removeEventListener("visibilitychange", this.onvisibility);
        }
        this.connection = "closed";
        this.socket?.close(1000);
        this.socket = null;
    }

    /** A page that nobody sees is sent nothing; the server keeps what it misses. */
    private visibility(): void {
        if (document.hidden) {
            this.send({ type: "pause" });
        } else if (this.owed) {
            this.owed = false;
            this.resume();
        } else {
            this.send({ type: "live", kept: this.kept });
        }
    }

    /** A cut cable says nothing: only silence tells. */
    private watch(): void {
        const patience = Math.max(SILENT_MILLIS, SILENT_INTERVALS * this.state.intervalMillis);
        // A recording that stands still says nothing either.
        const silent = !this.state.run.replay?.paused && performance.now() - this.heardAt > patience;
        if (this.connection === "open" && !document.hidden && silent && !this.ended) {
            const dead = this.socket;
            this.socket = null;
            dead?.close();
            this.retryLater();
        }
    }

    private resume(): void {
        const seq = resumeFrom(this.state);
        this.connect(seq >= 0 ? { seq } : null);
    }

    private connect(resume: { seq: number } | null): void {
        const scheme = location.protocol === "https:" ? "wss" : "ws";
        const address = `${scheme}://${location.host}/api/v1/runs/${this.state.run.id}/stream`;
        const socket = new WebSocket(address, "stapscope.v1");
        socket.binaryType = "arraybuffer";
        socket.onopen = () => {
            this.frames = 0;
            this.heardAt = performance.now();
            this.send({ type: "hello", resume, facet: this.facet, kept: this.kept });
            if (document.hidden) {
                this.send({ type: "pause" });
            }
        };
        socket.onmessage = (event: MessageEvent<string | ArrayBuffer>) => this.receive(event.data);
        socket.onclose = () => this.lose(socket);
        this.socket = socket;
    }

    private receive(data: string | ArrayBuffer): void {
        this.heardAt = performance.now();
        if (typeof data === "string") {
            const message = decodeControl(data);
            if (message) {
                this.control(message);
            }
            return;
        }
        const frame = decodeFrame(new Uint8Array(data));
        if (!frame) {
            return;
        }
        this.state = reduce(this.state, frame);
        if (frame.type === "delta") {
            this.attachedAt ??= Date.now();
            this.frames++;
        }
        if (frame.type === "delta" || frame.type === "snapshot") {
            this.send({ type: "ack", seq: frame.seq, frames: this.frames });
        }
    }

    private control(message: ServerMessage): void {
        this.failures = 0;
        switch (message.type) {
            case "welcome":
                this.connection = "open";
                this.loggedOut = false;
                this.state = { ...this.state, run: message.run, intervalMillis: message.intervalMillis };
                if (message.run.state === "running") {
                    this.attachedAt ??= Date.now();
                }
                break;
            case "closed":
                this.close(message);
                break;
        }
    }

    /** Who has less than the server at the end asks for the rest, once. */
    private close(message: ServerMessage & { readonly type: "closed" }): void {
        const behind = resumeFrom(this.state) < message.seq && this.state.run.aggregates.length > 0;
        if (behind && !document.hidden && !this.caughtUp) {
            this.caughtUp = true;
            this.resume();
            return;
        }
        this.owed = document.hidden;
        this.end(message.run);
    }

    private end(run: Run): void {
        this.state = { ...this.state, run, losses: run.losses ?? this.state.losses };
        this.leave();
    }

    private lose(socket: WebSocket): void {
        if (socket !== this.socket || this.connection === "closed") {
            return;
        }
        this.retryLater();
    }

    private retryLater(): void {
        this.connection = "lost";
        const wait = RETRIES[Math.min(this.failures++, RETRIES.length - 1)];
        clearTimeout(this.retry);
        this.retry = setTimeout(() => void this.reconnect(), wait);
    }

    /** A refused upgrade has no reason in a browser: ask for the run first. One that has just ended still tells its end. */
    private async reconnect(): Promise<void> {
        try {
            await api.run(this.state.run.id);
            if (this.connection === "lost") {
                this.resume();
            }
        } catch (error) {
            if (error instanceof ApiError && error.status === NO_SUCH_RUN) {
                await this.endedUnseen();
            } else if (this.connection === "lost") {
                this.loggedOut = error instanceof ApiError && error.status === LOGGED_OUT;
                this.retryLater();
            }
        }
    }

    /** The run ended while we were away, and the server has let go of it: its capture knows how. */
    private async endedUnseen(): Promise<void> {
        // A server that says there is no such run knows this browser.
        this.loggedOut = false;
        const last = { ...this.state.run, state: "stopped" as const };
        this.stored = await api.capture(last.id).catch(() => null);
        this.end(this.stored ?? last);
    }

    private send(message: ClientMessage): void {
        if (this.socket?.readyState === WebSocket.OPEN) {
            this.socket.send(JSON.stringify(message));
        }
    }
}
