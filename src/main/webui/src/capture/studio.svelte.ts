import { Checker } from "../editor/checker";
import { documents } from "../editor/documents.svelte";
import { isShared, linkOf, sharedIn } from "../editor/shareLink";
import { given, parametersOf } from "../editor/parameters";
import { recordings, wordsOf } from "../replay/recordings";
import { api, ApiError, UNREACHABLE, type CheckAnswer, type Recording } from "../protocol/http";
import type { Diagnostic, Facet, Run, Target } from "../protocol/model";
import { t } from "../ui/i18n/i18n.svelte";
import { settings } from "../ui/settings.svelte";
import { recall, recallHere, remember, rememberHere } from "../ui/storage";
import { toasts } from "../ui/toasts.svelte";
import { defaultFacet } from "./facets";
import { LiveRun } from "./liveRun.svelte";

/** The login page comes in between, and its address has no such part. */
let arrivedWith = location.hash;

export type Phase = "idle" | "checking" | "compiling" | "attaching" | "live" | "stopping";
export type TargetKind = "all" | "pid" | "command";

export interface Failure {
    readonly code: string;
    readonly text: string;
}

/** The Studio's state: the script, where it runs, and the run being watched. It outlives the page, so a run does too. */
class Studio {
    readonly script = $derived(documents.current.text);
    readonly parameters = $derived(parametersOf(this.script));
    readonly arguments = $derived(given(documents.current.arguments, this.parameters));
    targetKind = $state<TargetKind>("all");
    pid = $state<number | null>(null);
    pidName = $state("");
    command = $state("");
    duration = $state(Number(recall("duration") ?? 0));
    checked = $state.raw<CheckAnswer | null>(null);
    /** Findings of the last refused run: the same place as those of a check. */
    diagnostics = $state.raw<readonly Diagnostic[]>([]);
    failure = $state.raw<Failure | null>(null);
    live = $state.raw<LiveRun | null>(null);
    /** The text the watched run was started with; null when another page started it. */
    runScript = $state<string | null>(null);
    private runArguments = $state.raw<readonly string[]>([]);

    private starting = $state<"checking" | "compiling" | null>(null);
    private stopping = $state(false);
    private readonly checker = new Checker(
        (answer) => this.takeCheck(answer),
        (error) => this.takeCheckFailure(error),
    );

    readonly target = $derived.by((): Target | undefined => {
        if (this.targetKind === "pid" && this.pid !== null) {
            return { pid: this.pid };
        }
        return this.targetKind === "command" && this.command.trim() ? { command: this.command.trim() } : undefined;
    });

    readonly phase = $derived.by((): Phase => {
        if (this.starting) {
            return this.starting;
        }
        const run = this.live?.state.run;
        if (!run || this.live?.connection === "closed" || run.state === "stopped" || run.state === "failed") {
            return "idle";
        }
        return this.stopping || run.state === "stopping" ? "stopping" : run.state === "starting" ? "attaching" : "live";
    });

    readonly edited = $derived(
        this.phase === "live" &&
            this.runScript !== null &&
            (this.runScript !== this.script || this.runArguments.join("\0") !== this.arguments.join("\0")),
    );

    edit(script: string): void {
        documents.edit(script);
        this.scheduleCheck();
    }

    scheduleCheck(): void {
        this.checker.schedule(this.script, this.target, this.arguments);
    }

    /** The script with what it is run with, for somebody else. */
    link(): Promise<string> {
        const { name, text } = documents.current;
        return linkOf(location.origin, {
            name,
            text,
            arguments: this.arguments,
            target: this.target ?? null,
            durationSeconds: this.duration,
        });
    }

    /** Opens the script of the link that led here. It is not run: who opened the link reads it first. */
    async openShared(): Promise<void> {
        const hash = arrivedWith;
        arrivedWith = "";
        if (!isShared(hash)) {
            return;
        }
        history.replaceState(null, "", location.pathname);
        const shared = await sharedIn(hash);
        if (!shared) {
            toasts.show(t("share.damaged"));
            return;
        }
        documents.open(shared.text, shared.name, shared.arguments);
        this.duration = shared.durationSeconds;
        this.targetKind = shared.target?.pid ? "pid" : shared.target?.command ? "command" : "all";
        this.pid = shared.target?.pid ?? null;
        this.pidName = "";
        this.command = shared.target?.command ?? "";
        this.scheduleCheck();
    }

    setDuration(seconds: number): void {
        this.duration = seconds;
        remember("duration", String(seconds));
    }

    async run(): Promise<void> {
        if (this.starting) {
            return;
        }
        this.checker.cancel();
        this.failure = null;
        if (this.targetKind !== "all" && !this.target) {
            this.failure = { code: "target", text: t("target.needed") };
            return;
        }
        const script = this.script;
        const values = this.arguments;
        try {
            this.starting = "checking";
            const answer = await api.check(script, this.target, new AbortController().signal, values);
            this.takeCheck(answer);
            if (!answer.ok) {
                return;
            }
            this.starting = "compiling";
            const name = documents.current.name;
            const run = await api.startRun({ script, arguments: values, ...(name ? { name } : {}), ...this.options() });
            documents.pin(run.startedAt);
            this.runArguments = values;
            this.watch(run, script);
        } catch (error) {
            this.takeRunFailure(error);
        } finally {
            this.starting = null;
        }
    }

    private options(): { target?: Target; durationSeconds?: number; intervalMillis: number; budgetPercent?: number } {
        return {
            intervalMillis: settings.intervalMillis,
            ...(settings.budgetPercent > 0 ? { budgetPercent: settings.budgetPercent } : {}),
            ...(this.target ? { target: this.target } : {}),
            ...(this.duration > 0 ? { durationSeconds: this.duration } : {}),
        };
    }

    async stop(): Promise<void> {
        const live = this.live;
        if (!live) {
            return;
        }
        this.stopping = true;
        try {
            await api.stopRun(live.state.run.id);
        } catch (error) {
            this.stopping = false;
            this.takeRunFailure(error);
        }
    }

    /** Plays a recording in the place of a run; whether it plays. A run that is going is not stopped for it. */
    async replay(recording: Recording): Promise<boolean> {
        if (this.phase !== "idle" && !this.live?.state.run.replay) {
            toasts.show(t("replay.busy"));
            return false;
        }
        this.failure = null;
        const words = wordsOf(recording.name);
        documents.open(recording.script, words ? t(words.title) : recording.name);
        return this.play(recording.name, 1, 0);
    }

    /** The same recording from another moment on: what was before is there at once. */
    async seekReplay(fromMillis: number): Promise<void> {
        const replay = this.live?.state.run.replay;
        if (replay) {
            await this.play(replay.name, replay.speed, fromMillis);
        }
    }

    async changeReplay(change: { speed?: number; paused?: boolean }): Promise<void> {
        const live = this.live;
        if (!live) {
            return;
        }
        try {
            live.take(await api.changeReplay(live.state.run.id, change));
        } catch (error) {
            this.takeRunFailure(error);
        }
    }

    private async play(name: string, speed: number, fromMillis: number): Promise<boolean> {
        try {
            const facet = this.live?.state.run.replay?.name === name ? this.live.facet : null;
            this.watch(await api.playReplay(name, { speed, fromMillis }), null, facet);
            return true;
        } catch (error) {
            this.takeRunFailure(error);
            return false;
        }
    }

    /** After a reload: watches the run or the recording that is still going, with nothing lost. */
    async reattach(): Promise<void> {
        if (this.live) {
            return;
        }
        try {
            const replay = await replayOfThisTab();
            const { runs } = replay ? { runs: [replay] } : await api.runs();
            const going = runs
                .filter((run) => run.state === "running" || run.state === "starting" || run.state === "stopping")
                .sort((a, b) => b.startedAt - a.startedAt)[0];
            if (going && !this.live) {
                this.watch(going, rememberedScript(going.id));
            } else {
                await this.welcome();
            }
        } catch (error) {
            this.takeRunFailure(error);
        }
    }

    /** On the first visit to a service without captures a recording plays, so that there is something to see. */
    private async welcome(): Promise<void> {
        if (recall("welcomed") !== null) {
            return;
        }
        remember("welcomed", "yes");
        const { total } = await api.captures("", 1, 0);
        const first = total === 0 ? (await recordings())[0] : undefined;
        if (first && !this.live && this.phase === "idle") {
            await this.play(first.name, 1, 0);
        }
    }

    /** Watches a run that somebody else started; what was watched before goes on. */
    follow(run: Run): void {
        if (this.live?.state.run.id === run.id && this.live.connection !== "closed") {
            return;
        }
        this.live?.leave();
        this.live = null;
        this.watch(run, rememberedScript(run.id));
    }

    private watch(run: Run, script: string | null, facet: Facet | null = null): void {
        const previous = this.live;
        this.live = new LiveRun(run, facet ?? defaultFacet(run.aggregates));
        this.stopping = false;
        this.runScript = script;
        rememberHere("replay", run.replay ? run.id : null);
        if (script !== null) {
            remember("run", JSON.stringify({ id: run.id, script }));
        }
        // The new run is attached before the old one goes: no moment without data.
        if (previous && previous.connection !== "closed") {
            void api.stopRun(previous.state.run.id).catch(() => undefined);
            previous.leave();
        }
    }

    private takeCheck(answer: CheckAnswer): void {
        this.checked = answer;
        this.diagnostics = answer.diagnostics;
        if (this.failure?.code === UNREACHABLE) {
            this.failure = null;
        }
    }

    private takeCheckFailure(error: unknown): void {
        if (error instanceof ApiError && error.diagnostics.length > 0) {
            this.diagnostics = error.diagnostics;
        } else if (error instanceof ApiError) {
            this.failure = { code: error.code, text: error.message };
        }
    }

    private takeRunFailure(error: unknown): void {
        if (error instanceof ApiError) {
            this.diagnostics = error.diagnostics.length > 0 ? error.diagnostics : this.diagnostics;
            this.failure = { code: error.code, text: error.message };
        } else {
            this.failure = { code: "page", text: error instanceof Error ? error.message : String(error) };
        }
    }
}

/** The recording that plays in this tab; the service ends one that nobody has watched for a while. */
async function replayOfThisTab(): Promise<Run | null> {
    const id = recallHere("replay");
    if (id === null) {
        return null;
    }
    try {
        const run = await api.run(id);
        return run.state === "stopped" || run.state === "failed" ? null : run;
    } catch (error) {
        if (error instanceof ApiError && error.status === 404) {
            rememberHere("replay", null);
            return null;
        }
        throw error;
    }
}

function rememberedScript(id: string): string | null {
    const last = JSON.parse(recall("run") ?? "null") as { id?: string; script?: string } | null;
    return last?.id === id ? (last.script ?? null) : null;
}

export const studio = new Studio();
