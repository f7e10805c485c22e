import { decodeControl, type ClientMessage, type ServerMessage } from "../protocol/control";
import { decodeFrame } from "../protocol/frames";
import { api, ApiError } from "../protocol/http";
import { initialState, reduce, type LiveState } from "../protocol/liveState";
import type { Facet, Run } from "../protocol/model";

export type Connection = "connecting" | "open" | "lost" | "closed";

const RETRIES = [300, 700, 1500, 3000, 5000];
const NO_SUCH_RUN = 404;

/** One watched run: owns its socket and its state. Reconnects and resumes until the run has ended. */
export class LiveRun {
    state = $state.raw<LiveState>(undefined as unknown as LiveState);
    connection = $state<Connection>("connecting");
    facet = $state<Facet>("total");
    /** When this page first saw the run attached, to notice that nothing hits. */
    attachedAt = $state<number | null>(null);

    private socket: WebSocket | null = null;
    private failures = 0;
    private retry: ReturnType<typeof setTimeout> | undefined;

    constructor(run: Run, facet: Facet) {
        this.state = initialState(run);
        this.facet = facet;
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

    private get ended(): boolean {
        return this.state.run.state === "stopped" || this.state.run.state === "failed";
    }

    /** Stops watching; the run itself goes on. */
    leave(): void {
        clearTimeout(this.retry);
        this.connection = "closed";
        this.socket?.close(1000);
        this.socket = null;
    }

    private connect(resume: { seq: number } | null): void {
        const scheme = location.protocol === "https:" ? "wss" : "ws";
        const address = `${scheme}://${location.host}/api/v1/runs/${this.state.run.id}/stream`;
        const socket = new WebSocket(address, "stapscope.v1");
        socket.binaryType = "arraybuffer";
        socket.onopen = () => {
            this.send({ type: "hello", resume, facet: this.facet });
        };
        socket.onmessage = (event: MessageEvent<string | ArrayBuffer>) => this.receive(event.data);
        socket.onclose = () => this.lose(socket);
        this.socket = socket;
    }

    private receive(data: string | ArrayBuffer): void {
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
            this.send({ type: "ack", seq: frame.seq });
        }
    }

    private control(message: ServerMessage): void {
        this.failures = 0;
        switch (message.type) {
            case "welcome":
                this.connection = "open";
                this.state = { ...this.state, run: message.run, intervalMillis: message.intervalMillis };
                if (message.run.state === "running") {
                    this.attachedAt ??= Date.now();
                }
                break;
            case "closed":
                this.end(message.run);
                break;
        }
    }

    private end(run: Run): void {
        this.state = { ...this.state, run, losses: run.losses ?? this.state.losses };
        this.leave();
    }

    private lose(socket: WebSocket): void {
        if (socket !== this.socket || this.connection === "closed") {
            return;
        }
        if (this.ended) {
            this.connection = "closed";
            return;
        }
        this.connection = "lost";
        const wait = RETRIES[Math.min(this.failures++, RETRIES.length - 1)];
        this.retry = setTimeout(() => void this.reconnect(), wait);
    }

    /** A refused upgrade has no reason in a browser: ask for the run first. */
    private async reconnect(): Promise<void> {
        try {
            const run = await api.run(this.state.run.id);
            if (run.state === "stopped" || run.state === "failed") {
                this.end(run);
                return;
            }
            this.connect(this.state.seq >= 0 ? { seq: this.state.seq } : null);
        } catch (error) {
            if (error instanceof ApiError && error.status === NO_SUCH_RUN) {
                await this.endedUnseen();
            } else if (this.socket) {
                this.lose(this.socket);
            }
        }
    }

    /** The run ended while we were away, and the server has let go of it: its capture knows how. */
    private async endedUnseen(): Promise<void> {
        const last = { ...this.state.run, state: "stopped" as const };
        const capture: Run = await api.capture(last.id).catch(() => last);
        this.end(capture);
    }

    private send(message: ClientMessage): void {
        if (this.socket?.readyState === WebSocket.OPEN) {
            this.socket.send(JSON.stringify(message));
        }
    }
}
