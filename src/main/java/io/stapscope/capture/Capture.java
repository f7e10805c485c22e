package io.stapscope.capture;

import io.smallrye.mutiny.Uni;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.history.AggregateRecord;
import io.stapscope.history.CaptureEnd;
import io.stapscope.history.CaptureStart;
import io.stapscope.history.CaptureState;
import io.stapscope.history.History;
import io.stapscope.history.HistoryWriter;
import io.stapscope.history.HostRecord;
import io.stapscope.history.ProbeRecord;
import io.stapscope.history.TargetRecord;
import io.stapscope.history.bundle.BundledCapture;
import io.stapscope.pipeline.ConsoleLines;
import io.stapscope.pipeline.Facet;
import io.stapscope.pipeline.Facets;
import io.stapscope.pipeline.Key;
import io.stapscope.pipeline.KeyKind;
import io.stapscope.pipeline.LiveHub;
import io.stapscope.pipeline.LogBlock;
import io.stapscope.pipeline.LossReport;
import io.stapscope.pipeline.RunClock;
import io.stapscope.pipeline.SeriesFigures;
import io.stapscope.tracer.Output;
import io.stapscope.tracer.Run;
import io.stapscope.tracer.RunEvent;
import io.stapscope.tracer.RunFile;
import io.stapscope.tracer.RunListener;
import io.stapscope.tracer.RunResult;
import io.stapscope.tracer.Window;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of one script: gets what the tracer delivers and hands it to who watches and to the store. Windows, lines and
 * events come from one thread of the run at a time; everything else may come from any thread.
 */
public final class Capture {
    /** How long the end of a capture waits for the store before those who watch are told. */
    private static final Duration STORE_PATIENCE = Duration.ofSeconds(5);

    private final UUID id = UUID.randomUUID();
    private final StartRequest request;
    private final String name;
    private final List<AggregateRecord> aggregates;
    private final List<ProbeRecord> probes;
    private final History history;
    private final HostRecord host;
    private final InstantSource clock;
    private final Supplier<@Nullable Plan> again;
    private final Executor executor;
    private final long startedAtMillis;
    private final LiveHub hub;
    private final Facets facets;
    private final Budget budget;
    private final StoreWatch storeWatch = new StoreWatch();
    private final ConsoleLines console;
    private final TargetRecord target;
    private final @Nullable Replay replay;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private @Nullable RunClock runClock;

    // Guarded by this.
    private CaptureState state = CaptureState.STARTING;
    private @Nullable HistoryWriter writer;
    private @Nullable Run run;
    private @Nullable String askedToStop;
    private @Nullable String stopReason;
    private @Nullable Long stoppedAtMillis;
    private LossReport losses = LossReport.NONE;
    private long watchedNanos = System.nanoTime();

    /** @param again compiles the script once more; null when it no longer compiles */
    Capture(
            StartRequest request,
            Plan plan,
            Key.Naming naming,
            History history,
            HostRecord host,
            InstantSource clock,
            Supplier<@Nullable Plan> again,
            Executor executor) {
        this(
                request,
                AggregateRecords.of(plan),
                ProbeRecords.of(plan),
                AggregateRecords.keyKinds(plan),
                naming,
                history,
                host,
                new TargetRecord(request.pid() == 0 ? null : request.pid(), request.command()),
                clock,
                again,
                executor,
                null);
    }

    /** A recording that plays: all of it is as it was recorded, and nothing of it is stored. */
    static Capture replaying(BundledCapture bundle, ReplayTape tape, Replay replay, Executor executor) {
        var interval = Duration.ofMillis(bundle.intervalMillis());
        return new Capture(
                new StartRequest("", bundle.script(), bundle.name(), List.of(), 0, null, null, interval, false),
                bundle.aggregates(),
                List.of(),
                tape.keyKinds(),
                tape.naming(),
                new Unstored(),
                bundle.host(),
                bundle.target(),
                replay.clock(),
                () -> null,
                executor,
                replay);
    }

    private Capture(
            StartRequest request,
            List<AggregateRecord> aggregates,
            List<ProbeRecord> probes,
            Map<Integer, List<KeyKind>> keyKinds,
            Key.Naming naming,
            History history,
            HostRecord host,
            TargetRecord target,
            InstantSource clock,
            Supplier<@Nullable Plan> again,
            Executor executor,
            @Nullable Replay replay) {
        this.request = request;
        this.probes = probes;
        this.aggregates = aggregates;
        this.target = target;
        this.replay = replay;
        this.name = request.name().isBlank() ? CaptureNames.of(request.script()) : request.name();
        this.history = history;
        this.host = host;
        this.clock = clock;
        this.again = again;
        this.executor = executor;
        this.startedAtMillis = clock.millis();
        this.hub = new LiveHub(keyKinds.keySet(), executor);
        this.facets = new Facets(keyKinds, naming);
        this.budget = new Budget(request.budgetPercent());
        this.console = new ConsoleLines(clock::millis, ByteText::decode);
    }

    public UUID id() {
        return id;
    }

    /** Where to subscribe. */
    public LiveHub hub() {
        return hub;
    }

    public synchronized CaptureView view() {
        return new CaptureView(
                id,
                name,
                state,
                startedAtMillis,
                stoppedAtMillis,
                stopReason,
                aggregates,
                probes,
                target,
                losses,
                Math.toIntExact(request.interval().toMillis()),
                request.persistent(),
                request.user(),
                request.budgetPercent(),
                replay == null ? null : replay.view());
    }

    String user() {
        return request.user();
    }

    /** Completes when nothing is attached any more and the store has what it will get. */
    CompletableFuture<Void> ended() {
        return ended.copy();
    }

    RunListener listener() {
        return new Listener();
    }

    /** The tracer has attached everything. */
    void attached(Run attachedRun) {
        String reason;
        synchronized (this) {
            run = attachedRun;
            reason = askedToStop;
            if (state == CaptureState.STARTING) {
                state = CaptureState.RUNNING;
            }
            writer().state(state);
        }
        if (reason != null) {
            attachedRun.stop(reason);
        }
        attachedRun
                .result()
                .whenComplete(this::finished)
                .exceptionally(_ -> null)
                .isDone();
    }

    /**
     * What an aggregate has counted by stack so far.
     *
     * @param sums of the values, else how many there were
     */
    public Flame flame(int agg, boolean sums) {
        var builder = new Flame.Builder();
        // Read first: what is counted between the two is not taken for stacks that are not shown.
        long total = figure(hub.figures(agg, Facet.TOTAL).getFirst(), sums);
        for (var each : hub.figures(agg, Facet.FULL)) {
            var key = each.series().keys().stream()
                    .map(part -> new Flame.Part(part.kind().word(), part.label()))
                    .toList();
            builder.add(key, figure(each, sums));
        }
        return builder.build(total);
    }

    private static long figure(SeriesFigures figures, boolean sums) {
        return sums ? figures.sum() : figures.count();
    }

    /** The files that users can read or write while it runs. */
    public List<RunFile> files() {
        var running = running();
        return running == null ? List.of() : running.files();
    }

    /** The content of a file as text; fails with an {@link IllegalStateException} when there is none or it has ended. */
    public Uni<String> read(String file) {
        return ask(each -> each.read(file)).map(ByteText::decode);
    }

    /** Gives a file what is written, as UTF-8; fails as {@link #read}. */
    public Uni<Void> write(String file, String content) {
        return ask(each -> each.write(file, ByteText.encode(content)));
    }

    /** Adds to the input of the run, as UTF-8. */
    public void input(String text) {
        var running = running();
        if (running != null) {
            running.input(ByteText.encode(text));
        }
    }

    private <T> Uni<T> ask(Function<Run, CompletableFuture<T>> question) {
        var running = running();
        return running == null
                ? Uni.createFrom().failure(new IllegalStateException("the run is not attached yet"))
                : Uni.createFrom().completionStage(() -> question.apply(running));
    }

    private synchronized @Nullable Run running() {
        return run;
    }

    /** Ends the run as exit() does; idempotent. */
    void stop(String reason) {
        Run running;
        synchronized (this) {
            if (state == CaptureState.STOPPED || state == CaptureState.FAILED || askedToStop != null) {
                return;
            }
            askedToStop = reason;
            state = CaptureState.STOPPING;
            running = run;
            if (running != null) {
                writer().state(state);
            }
        }
        if (running != null) {
            running.stop(reason);
        }
    }

    /** Whether nobody has watched it for the length of the lease, and nobody said that it shall go on regardless. */
    synchronized boolean isAbandoned(long nowNanos, Duration lease) {
        if (hub.subscribers() > 0) {
            watchedNanos = nowNanos;
        }
        return !request.persistent() && nowNanos - watchedNanos > lease.toNanos();
    }

    private void finished(@Nullable RunResult result, @Nullable Throwable failure) {
        deliver(console.finish());
        var reason = result != null ? result.reason() : "the tracer failed: " + failure;
        boolean failed = result == null || reason.equals("error");
        var finalLosses = result == null ? view().losses() : LossReport.of(result.losses());
        var end = new CaptureEnd(
                failed ? CaptureState.FAILED : CaptureState.STOPPED,
                reason,
                clock.millis(),
                HistoryFeed.losses(finalLosses, console.lines(), hub.frames()));
        var closing = writer().close(end).memoize().indefinitely();
        closing.subscribe().with(_ -> ended.complete(null), ended::completeExceptionally);
        closing.replaceWithVoid()
                .ifNoItem()
                .after(STORE_PATIENCE)
                .recoverWithUni(Uni.createFrom().voidItem())
                .onFailure()
                .recoverWithUni(Uni.createFrom().voidItem())
                .subscribe()
                .with(_ -> over(end, finalLosses));
    }

    private void over(CaptureEnd end, LossReport finalLosses) {
        synchronized (this) {
            state = end.state();
            stopReason = end.reason();
            stoppedAtMillis = end.stoppedAtMillis();
            losses = finalLosses;
        }
        hub.finish();
    }

    private void deliver(List<LogBlock> lines) {
        if (!lines.isEmpty()) {
            lines.forEach(hub::log);
            writer().console(HistoryFeed.lines(lines));
        }
    }

    /** Opened with the first thing to store: a run that the kernel refuses leaves no capture. */
    private synchronized HistoryWriter writer() {
        if (writer == null) {
            writer = history.open(new CaptureStart(
                    id,
                    name,
                    request.script(),
                    request.arguments(),
                    target,
                    host,
                    startedAtMillis,
                    Math.toIntExact(request.interval().toMillis()),
                    aggregates,
                    probes,
                    List.of(),
                    request.user()));
        }
        return writer;
    }

    private final class Listener implements RunListener {
        @Override
        public void output(Output output) {
            deliver(console.add(output));
        }

        @Override
        public void window(Window window) {
            if (runClock == null) {
                runClock = RunClock.startedAt(startedAtMillis, window.wallOffsetNanos());
            }
            var interval = facets.split(window);
            synchronized (Capture.this) {
                losses = interval.losses();
            }
            hub.publish(interval, runClock);
            writer().write(HistoryFeed.window(interval, runClock, console.lines(), hub.frames()));
            interval.renamed().forEach(series -> writer().relabel(HistoryFeed.series(series)));
            long millis = runClock.millis(window.endNanos());
            var news = storeWatch.news(writer().status());
            if (news != null) {
                hub.event(millis, news.kind(), news.text(), view().state().word());
            }
            var excess = budget.exceededBy(window);
            if (excess != null) {
                hub.event(millis, "budget", excess, view().state().word());
                stop(excess);
            }
        }

        @Override
        public void replaced(String path, Consumer<@Nullable Plan> answer) {
            executor.execute(() -> answer.accept(again.get()));
        }

        @Override
        public void event(RunEvent event) {
            long millis = runClock == null ? 0 : runClock.millis(event.monotonicNanos());
            hub.event(millis, event.kind(), event.text(), view().state().word());
        }
    }
}
