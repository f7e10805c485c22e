package io.stapscope.tracer;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.Compilation;
import io.stapscope.compiler.Compilation.Compiled;
import io.stapscope.compiler.Compilation.Rejected;
import io.stapscope.compiler.CompileOptions;
import io.stapscope.compiler.Compiler;
import io.stapscope.compiler.ir.Limits;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.host.Host;
import io.stapscope.kernel.inspect.LiveHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A script that runs on the live kernel, and everything it has produced so far. */
public final class Traced implements RunListener, AutoCloseable {
    public static final LiveHost HOST = LiveHost.ofThisProcess();
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final StringBuilder out = new StringBuilder();
    private final StringBuilder error = new StringBuilder();
    private final List<Window> windows = new ArrayList<>();
    private final List<RunEvent> events = new ArrayList<>();
    private final Map<Integer, Window.Series> series = new HashMap<>();
    private final Run run;

    private final Supplier<@Nullable Plan> again;

    private Traced(Host host, Plan plan, RunOptions options) throws TraceException {
        this(host, plan, options, () -> null);
    }

    private Traced(Host host, Plan plan, RunOptions options, Supplier<@Nullable Plan> again) throws TraceException {
        this(KernelTracer.forService(host), plan, options, again);
    }

    private Traced(KernelTracer tracer, Plan plan, RunOptions options, Supplier<@Nullable Plan> again)
            throws TraceException {
        this.again = again;
        run = tracer.start(plan, options, this);
    }

    /** With a wall clock that is its distance from the monotonic one, in nanoseconds. */
    static Traced startAt(LongSupplier wallClock, String script) throws TraceException {
        var options = new RunOptions(0, null, null, Duration.ofMillis(100), Set.of(), List.of());
        return new Traced(KernelTracer.withClock(HOST, wallClock), compile(script, false), options, () -> null);
    }

    /** Waits until there are so many windows. */
    synchronized void awaitWindows(int count) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (windows.size() < count) {
            long left = deadline - System.nanoTime();
            assertThat(left).as("time to wait for windows").isPositive();
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    public Run run() {
        return run;
    }

    public static Plan compile(String script, boolean hasTarget) {
        return compile(HOST, script, hasTarget);
    }

    private static Plan compile(LiveHost host, String script, boolean hasTarget) {
        return compile(host, script, List.of(), hasTarget);
    }

    private static Compilation compilation(LiveHost host, String script, List<String> arguments, boolean hasTarget) {
        var options = new CompileOptions(arguments, hasTarget, null, Limits.DEFAULT);
        return Compiler.compile(new SourceText("test.stp", script), host, options);
    }

    private static Plan compile(LiveHost host, String script, List<String> arguments, boolean hasTarget) {
        return switch (compilation(host, script, arguments, hasTarget)) {
            case Compiled compiled -> compiled.plan();
            case Rejected rejected ->
                throw new AssertionError(rejected.diagnostics().toString());
        };
    }

    /** A plan that was written by hand. */
    static Traced start(Host host, Plan plan) throws TraceException {
        return new Traced(host, plan, RunOptions.defaults());
    }

    public static Traced start(String script) {
        return start(script, RunOptions.defaults());
    }

    public static Traced start(String script, RunOptions options) {
        return start(HOST, script, List.of(), options);
    }

    /** With the script's own arguments. */
    public static Traced start(String script, List<String> arguments, RunOptions options) {
        return start(HOST, script, arguments, options);
    }

    public static Traced start(Plan plan) {
        return start(plan, RunOptions.defaults());
    }

    public static Traced start(Plan plan, RunOptions options) {
        try {
            return new Traced(HOST, plan, options);
        } catch (TraceException e) {
            throw new AssertionError(e.getMessage() + " at " + e.span() + "\n" + e.kernelLog(), e);
        }
    }

    /** With a working directory and a $PATH of its own. */
    public static Traced startOn(LiveHost host, String script) {
        return start(host, script, List.of(), RunOptions.defaults());
    }

    private static Traced start(LiveHost host, String script, List<String> arguments, RunOptions options) {
        try {
            boolean hasTarget = options.command() != null || options.targetPid() != 0;
            var plan = compile(host, script, arguments, hasTarget);
            return new Traced(
                    host,
                    plan,
                    options,
                    () -> compilation(host, script, arguments, hasTarget) instanceof Compiled more
                            ? more.plan()
                            : null);
        } catch (TraceException e) {
            throw new AssertionError(e.getMessage() + " at " + e.span() + "\n" + e.kernelLog(), e);
        }
    }

    /** Options with a target process (-x). */
    public static RunOptions target(int pid) {
        return new RunOptions(pid, null, null, Duration.ofSeconds(1), Set.of(), List.of());
    }

    /** Options with a target command (-c). */
    public static RunOptions command(String command) {
        return new RunOptions(0, command, null, Duration.ofSeconds(1), Set.of(), List.of());
    }

    @Override
    public synchronized void output(Output output) {
        (output.stream() == Output.Stream.OUT ? out : error).append(output.text());
        notifyAll();
    }

    @Override
    public synchronized void window(Window window) {
        window.opened().forEach(one -> series.put(one.id(), one));
        windows.add(window);
        notifyAll();
    }

    @Override
    public void replaced(String path, Consumer<@Nullable Plan> answer) {
        Thread.startVirtualThread(() -> answer.accept(again.get()));
    }

    @Override
    public synchronized void event(RunEvent event) {
        events.add(event);
        notifyAll();
    }

    /** Waits until what the script printed satisfies a condition. */
    public String awaitOutput(Predicate<String> condition) {
        return await(out, condition);
    }

    /** Waits until the warnings and errors satisfy a condition. */
    String awaitErrors(Predicate<String> condition) {
        return await(error, condition);
    }

    /** Waits until the run has told of something. */
    synchronized void awaitEvent(String kind) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (events.stream().noneMatch(event -> event.kind().equals(kind))) {
            long left = deadline - System.nanoTime();
            assertThat(left).as("time to wait for " + kind + ", have " + events).isPositive();
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Waits until the windows have reported so many counts of a global. */
    synchronized void awaitCount(int global, long count) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (counts(global).values().stream().mapToLong(each -> each).sum() < count) {
            long left = deadline - System.nanoTime();
            assertThat(left)
                    .as("time to wait for counts, have " + counts(global))
                    .isPositive();
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private synchronized String await(StringBuilder text, Predicate<String> condition) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.test(text.toString())) {
            long left = deadline - System.nanoTime();
            assertThat(left)
                    .as("time to wait for output, have:\n" + out + error)
                    .isPositive();
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return text.toString();
    }

    public RunResult stop() {
        run.stop("test");
        return end();
    }

    /** Waits until the script ends by itself. */
    public RunResult end() {
        try {
            return run.result().get(120, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("the run did not end well, have:\n" + text() + errors(), e);
        }
    }

    public synchronized String text() {
        return out.toString();
    }

    public synchronized String errors() {
        return error.toString();
    }

    public List<String> lines() {
        return text().lines().toList();
    }

    public synchronized List<Window> windows() {
        return List.copyOf(windows);
    }

    public synchronized List<RunEvent> events() {
        return List.copyOf(events);
    }

    /** Sum of all windows by key of all series of a global. */
    public synchronized Map<List<Object>, Long> counts(int global) {
        var counts = new HashMap<List<Object>, Long>();
        for (var window : windows) {
            for (var delta : window.deltas()) {
                var of = series.get(delta.series());
                if (of.global() == global) {
                    counts.merge(of.keys(), delta.count(), Long::sum);
                }
            }
        }
        return counts;
    }

    @Override
    public void close() {
        run.stop("test closed");
        end();
    }
}
