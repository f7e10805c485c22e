package io.stapscope.capture;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.stapscope.capture.backend.Backends;
import io.stapscope.capture.backend.RunBackends;
import io.stapscope.compiler.Compilation;
import io.stapscope.compiler.ir.ActionFunction;
import io.stapscope.compiler.ir.Function;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.IrWalk;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.history.History;
import io.stapscope.host.Host;
import io.stapscope.tracer.RunOptions;
import io.stapscope.tracer.TraceException;
import io.stapscope.tracer.Tracer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Starts, finds and stops captures, and ends those that nobody watches. */
@ApplicationScoped
public class CaptureService {
    private static final Logger LOG = Logger.getLogger(CaptureService.class);
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);
    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(10);

    /** How many ended captures can still be found, so that a page learns how they ended. */
    private static final int ENDED_KEPT = 32;

    private final Scripts scripts;
    private final Host host;
    private final Tracer tracer;
    private final Processes processes;
    private final History history;
    private final CaptureSettings settings;
    private final Machine machine;
    private final Replays replays;
    private final Backends backends;
    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService leases = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("leases").daemon().factory());

    // Guarded by this.
    private final Map<UUID, Capture> active = new LinkedHashMap<>();
    private final Map<UUID, Capture> ended = new LinkedHashMap<>();
    private final Map<String, Integer> starting = new LinkedHashMap<>();
    private boolean closing;

    CaptureService(
            Scripts scripts,
            Host host,
            Tracer tracer,
            Processes processes,
            History history,
            CaptureSettings settings,
            Machine machine,
            Replays replays,
            Backends backends) {
        this.scripts = scripts;
        this.host = host;
        this.tracer = tracer;
        this.processes = processes;
        this.history = history;
        this.settings = settings;
        this.machine = machine;
        this.replays = replays;
        this.backends = backends;
    }

    void begin(@Observes StartupEvent event) {
        var unused = leases.scheduleWithFixedDelay(() -> endAbandoned(System.nanoTime()), 1, 1, TimeUnit.SECONDS);
    }

    /** Nothing stays attached: ends every run and waits until it is detached and stored, within bounds. */
    void end(@Observes ShutdownEvent event) {
        List<Capture> running;
        synchronized (this) {
            closing = true;
            running = List.copyOf(active.values());
        }
        leases.shutdownNow();
        running.forEach(capture -> capture.stop("the service stopped"));
        try {
            CompletableFuture.allOf(running.stream().map(Capture::ended).toArray(CompletableFuture[]::new))
                    .orTimeout(10, TimeUnit.SECONDS)
                    .join();
        } catch (RuntimeException e) {
            LOG.warn("some captures did not end in time: " + e.getMessage());
        }
        senders.shutdown();
    }

    /** Compiles, loads and attaches; blocks until the run goes. */
    public StartOutcome start(StartRequest request) {
        var refusal = refusal(request);
        if (refusal != null) {
            return refusal;
        }
        return switch (scripts.compile(request.script(), request.arguments(), request.pid(), request.command())) {
            case Compilation.Rejected rejected -> new StartOutcome.Rejected(rejected.diagnostics());
            case Compilation.Compiled compiled ->
                startsCommands(compiled.plan()) && !settings.allowTargetCommand()
                        ? commandsNotAllowed()
                        : startReserved(request, compiled.plan());
        };
    }

    private @Nullable Plan compileAgain(StartRequest request) {
        return scripts.compile(request.script(), request.arguments(), request.pid(), request.command())
                        instanceof Compilation.Compiled compiled
                ? compiled.plan()
                : null;
    }

    private @Nullable StartOutcome refusal(StartRequest request) {
        int bytes = request.script().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > settings.maxScriptBytes()) {
            return refused(
                    StartOutcome.Reason.SCRIPT_TOO_LARGE,
                    "the script has " + bytes + " bytes, allowed are " + settings.maxScriptBytes(),
                    Map.of("bytes", bytes, "limit", settings.maxScriptBytes()));
        }
        var interval = request.interval();
        if (interval.compareTo(SHORTEST_INTERVAL) < 0 || interval.compareTo(LONGEST_INTERVAL) > 0) {
            return refused(StartOutcome.Reason.BAD_REQUEST, "an interval is 100 to 10000 milliseconds long", Map.of());
        }
        var duration = request.duration();
        if (duration != null
                && (duration.isNegative() || duration.isZero() || duration.compareTo(settings.maxDuration()) > 0)) {
            return refused(
                    StartOutcome.Reason.BAD_REQUEST,
                    "a capture may run up to " + settings.maxDuration().toSeconds() + " seconds",
                    Map.of("limit", settings.maxDuration().toSeconds()));
        }
        return refusalOfTarget(request);
    }

    /** Whether a script may call system(). */
    private static boolean startsCommands(Plan plan) {
        return Stream.concat(
                        plan.functions().stream().map(Function::body),
                        plan.handlers().stream().map(Handler::body))
                .anyMatch(CaptureService::startsCommands);
    }

    private static boolean startsCommands(Statement statement) {
        return statement instanceof Statement.Act act && act.function() == ActionFunction.SYSTEM
                || IrWalk.parts(statement).stream().anyMatch(CaptureService::startsCommands);
    }

    private static StartOutcome commandsNotAllowed() {
        return refused(
                StartOutcome.Reason.COMMAND_NOT_ALLOWED,
                "this service does not start commands for its pages; whoever runs it can allow that with "
                        + "stapscope.allow-target-command=true",
                Map.of());
    }

    private @Nullable StartOutcome refusalOfTarget(StartRequest request) {
        if (request.command() != null && !settings.allowTargetCommand()) {
            return commandsNotAllowed();
        }
        if (request.command() != null && request.pid() != 0) {
            return refused(
                    StartOutcome.Reason.BAD_REQUEST, "the target is either a process or a command, not both", Map.of());
        }
        if (request.pid() < 0 || (request.pid() != 0 && !host.processExists(request.pid()))) {
            return refused(
                    StartOutcome.Reason.NO_SUCH_PROCESS,
                    "there is no process " + request.pid(),
                    Map.of("pid", request.pid()));
        }
        return null;
    }

    private StartOutcome startReserved(StartRequest request, Plan plan) {
        var full = reserve(request.user());
        if (full != null) {
            return full;
        }
        try {
            return trace(request, plan);
        } finally {
            release(request.user());
        }
    }

    private StartOutcome trace(StartRequest request, Plan plan) {
        var naming = new KeyNames(host.syscalls(), processes, new RunBackends(backends::latest));
        var capture = new Capture(
                request,
                plan,
                naming,
                history,
                machine.record(),
                InstantSource.system(),
                () -> compileAgain(request),
                senders);
        var options = new RunOptions(
                request.pid(),
                request.command(),
                request.duration() == null ? settings.maxDuration() : request.duration(),
                request.interval(),
                settings.excludedParents().orElse(Set.of()),
                request.arguments());
        var names = AggregateRecords.countsByProcess(plan) ? backends.watch() : Backends.NOBODY;
        try {
            var run = tracer.start(plan, options, capture.listener());
            boolean late;
            synchronized (this) {
                active.put(capture.id(), capture);
                late = closing;
            }
            capture.attached(run);
            run.result()
                    .whenComplete((_, _) -> {
                        names.close();
                        retire(capture);
                    })
                    .exceptionally(_ -> null)
                    .isDone();
            if (late) {
                capture.stop("the service stopped");
            }
            return new StartOutcome.Started(capture);
        } catch (TraceException e) {
            names.close();
            var at = e.span() == null ? "" : e.span() + ": ";
            return refused(StartOutcome.Reason.KERNEL_REFUSED, at + e.getMessage(), Map.of("kernelLog", e.kernelLog()));
        }
    }

    /** Captures that run, oldest first. */
    public synchronized List<Capture> running() {
        return List.copyOf(active.values());
    }

    /** A capture that runs or ended a short while ago, or a recording that plays or has played. */
    public @Nullable Capture find(UUID id) {
        synchronized (this) {
            var running = active.getOrDefault(id, ended.get(id));
            if (running != null) {
                return running;
            }
        }
        return replays.find(id);
    }

    /** Returns whether there is such a capture; it ends a moment later. */
    public boolean stop(UUID id, String reason) {
        var capture = find(id);
        if (capture == null) {
            return false;
        }
        capture.stop(reason);
        return true;
    }

    /** Stops captures whose lease ran out. */
    void endAbandoned(long nowNanos) {
        for (var capture :
                Stream.concat(running().stream(), replays.all().stream()).toList()) {
            if (capture.isAbandoned(nowNanos, settings.lease())) {
                capture.stop("nobody watched for " + settings.lease().toSeconds() + " s");
            }
        }
    }

    private synchronized void retire(Capture capture) {
        active.remove(capture.id());
        ended.put(capture.id(), capture);
        if (ended.size() > ENDED_KEPT) {
            ended.remove(ended.keySet().iterator().next());
        }
    }

    private synchronized @Nullable StartOutcome reserve(String user) {
        int all = active.size()
                + starting.values().stream().mapToInt(Integer::intValue).sum();
        long own = active.values().stream()
                        .filter(each -> each.user().equals(user))
                        .count()
                + starting.getOrDefault(user, 0);
        boolean userFull = own >= settings.maxCapturesPerUser();
        if (userFull || all >= settings.maxCaptures()) {
            int limit = userFull ? settings.maxCapturesPerUser() : settings.maxCaptures();
            return refused(
                    StartOutcome.Reason.TOO_MANY_CAPTURES,
                    limit + " captures are running, and no more are allowed at once; stop one of them first",
                    Map.of("limit", limit));
        }
        starting.merge(user, 1, Integer::sum);
        return null;
    }

    private synchronized void release(String user) {
        starting.computeIfPresent(user, (_, count) -> count == 1 ? null : count - 1);
    }

    private static StartOutcome refused(StartOutcome.Reason reason, String message, Map<String, Object> args) {
        return new StartOutcome.Refused(reason, message, args);
    }
}
