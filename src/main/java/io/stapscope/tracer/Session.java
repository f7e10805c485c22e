package io.stapscope.tracer;

import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.host.Host;
import io.stapscope.interpreter.Console;
import io.stapscope.interpreter.GlobalDisplay;
import io.stapscope.interpreter.HitContext;
import io.stapscope.interpreter.Interpreter;
import io.stapscope.interpreter.Outcome;
import io.stapscope.interpreter.SessionFacts;
import io.stapscope.interpreter.library.StackBook;
import io.stapscope.kernel.inspect.LiveSymbols;
import io.stapscope.kernel.inspect.ProcessTable;
import io.stapscope.kernel.ringbuffer.RingBufferReader;
import io.stapscope.syscalls.SyscallTables;
import io.stapscope.syscalls.SyscallText;
import io.stapscope.tracer.Output.Stream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One run, from its begin handlers to its last window. After the start one thread does everything in order: it drains
 * the ring buffer, fires timers, takes windows, and in the end detaches. Hence no locks, and no two handlers in user
 * space at a time.
 */
final class Session implements Run, EventReader.Sink, Console {
    private static final int BATCH = 8192;
    private static final int FLUSH_BYTES = 1 << 18;
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long COST_NANOS = TimeUnit.MILLISECONDS.toNanos(30);
    private static final int WINDOWS_BETWEEN_COSTS = 5;

    private final Plan plan;
    private final RunOptions options;
    private final RunListener listener;
    private final @Nullable LoadedPlan loaded;
    private final @Nullable TargetCommand command;
    private final @Nullable RingBufferReader ring;
    private final @Nullable EventReader events;
    private final int self = (int) ProcessHandle.current().pid();
    private final int target;
    private final LongSupplier wallClock;
    private final long wallOffset;
    private final ClockSteps clockSteps;
    private final LiveGlobals globals;
    private final Interpreter interpreter;
    private final LineAssembler lines;
    private final WindowBuilder windows;
    private final LossMeter losses;
    private final HitContext own = Hits.ownProcess();
    private final Exchange exchange;
    private final CompletableFuture<RunResult> result = new CompletableFuture<>();
    private final AtomicReference<@Nullable String> stopReason = new AtomicReference<>();
    private final Targets targets;
    private final OrderedHandlers ordered;
    private final Thread thread;
    private final HostActions actions;
    private final Replacements replacements;

    private Timers timers;
    private boolean failed;
    private long exitNanos = Long.MAX_VALUE;
    private long windowStart;
    private long windowEnd;
    private long windowCount;
    private long costEnd;

    /** @param wallClock nanoseconds from the monotonic to the wall clock */
    Session(
            Plan plan,
            Host host,
            RunOptions options,
            RunListener listener,
            @Nullable LoadedPlan loaded,
            @Nullable TargetCommand command,
            boolean terminal,
            LongSupplier wallClock) {
        this.plan = plan;
        this.wallClock = wallClock;
        wallOffset = wallClock.getAsLong();
        clockSteps = new ClockSteps(wallOffset);
        this.options = options;
        this.listener = listener;
        this.loaded = loaded;
        this.command = command;
        this.target = command != null ? command.pid() : options.targetPid();
        int cpus = host.possibleCpus();
        var layouts = loaded == null ? null : loaded.generated().layouts();
        var objects = loaded == null ? null : loaded.objects();
        targets = new Targets(plan, loaded, target, command == null);
        ordered = OrderedHandlers.of(plan.handlers());
        var symbols = new LiveSymbols();
        var stacks = new StackBook(symbols);
        globals = new LiveGlobals(plan, layouts, objects);
        lines = new LineAssembler(cpus);
        var facts = new SessionFacts(
                target, () -> System.nanoTime() + wallOffset, calls(host), symbols, stacks, targets::contains);
        interpreter = new Interpreter(plan, globals, this, facts);
        replacements = new Replacements(loaded, host, other -> reader(other, facts), listener, (kind, text) -> {
            event(kind, text);
            warning(text);
        });
        windows = new WindowBuilder(plan, globals, new StackKeys(stacks));
        ring = loaded == null ? null : loaded.events();
        events = ring == null || loaded == null
                ? null
                : new EventReader(loaded.generated().records(), lines, this);
        losses = new LossMeter(plan, loaded, globals, events);
        exchange = new Exchange(plan.handlers(), own);
        timers = new Timers(List.of(), 0);
        actions = new HostActions(terminal, this::warning);
        thread = Thread.ofPlatform().daemon().name("stapscope-run").unstarted(this::loop);
    }

    private EventReader reader(LoadedPlan other, SessionFacts facts) {
        var runner = new Interpreter(other.plan(), globals, this, facts);
        return new EventReader(
                other.generated().records(),
                lines,
                new Replacements.Sink(other.plan(), this, (handler, nanos, hit) -> late(runner, handler, nanos, hit)));
    }

    private static SyscallText calls(Host host) {
        return new SyscallText(SyscallTables.of(host.syscalls(), host.architecture()));
    }

    /** Runs the begin handlers, attaches, and starts the thread. */
    void start() throws TraceException {
        for (var handler : ordered.begin()) {
            if (isStopping()) {
                break;
            }
            run(handler, own);
        }
        if (loaded != null && !isStopping()) {
            loaded.words().describe(self, target, wallOffset, options.excludedParents());
            loaded.attach();
            if (options.timed()) {
                losses.cost().begin();
            }
            loaded.words().open();
            targets.follow();
        }
        long now = System.nanoTime();
        timers = new Timers(plan.handlers(), now);
        windowStart = now;
        windowEnd = now + options.interval().toNanos();
        event("attached", AttachReport.attached(plan, loaded));
        var leftOut = loaded == null ? List.<String>of() : loaded.code().leftOut();
        if (!leftOut.isEmpty()) {
            event("left_out", AttachReport.whole(leftOut));
            warning(AttachReport.brief(leftOut));
        }
        if (!isStopping() && ExistingProcesses.isAskedFor(plan)) {
            new ExistingProcesses(self, options.excludedParents(), command == null ? target : 0)
                    .visit(plan.handlers(), ProcessTable.read(), (handler, hit) -> {
                        run(handler, hit);
                        return !isStopping();
                    });
        }
        flush();
        if (command != null) {
            release(command);
        }
        thread.start();
    }

    private void release(TargetCommand started) throws TraceException {
        var ignored = started.ended().thenAccept(process -> stop("command ended"));
        try {
            started.proceed();
        } catch (IOException e) {
            throw new TraceException("cannot continue the target command: " + e.getMessage(), null, "", e);
        }
    }

    @Override
    public void stop(String reason) {
        if (stopReason.compareAndSet(null, reason)) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public List<RunFile> files() {
        return exchange.files();
    }

    @Override
    public CompletableFuture<String> read(String file) {
        return asked(exchange.ask(file, false, ""));
    }

    @Override
    public CompletableFuture<Void> write(String file, String content) {
        return asked(exchange.ask(file, true, content)).thenAccept(_ -> {});
    }

    @Override
    public void input(String bytes) {
        exchange.input(bytes);
        LockSupport.unpark(thread);
    }

    private <T> CompletableFuture<T> asked(CompletableFuture<T> answer) {
        LockSupport.unpark(thread);
        return answer;
    }

    @Override
    public CompletableFuture<RunResult> result() {
        return result;
    }

    private boolean isStopping() {
        return stopReason.get() != null;
    }

    private void loop() {
        try {
            long deadline = options.duration() == null
                    ? Long.MAX_VALUE
                    : windowStart + options.duration().toNanos();
            boolean busy = true;
            while (!isStopping()) {
                await(deadline, busy);
                busy = drain(System.nanoTime() + IDLE_NANOS);
                long now = System.nanoTime();
                fire(now);
                exchange.serve(this::run);
                targets.forgetEnded(pid -> event("target_ended", "process " + pid + " ended"));
                replacements.look(now);
                measureCost(now);
                if (now >= windowEnd) {
                    takeWindow(now);
                }
                if (now >= deadline) {
                    stop("time limit");
                }
                if (loaded != null && !loaded.words().isRunning() && !isStopping()) {
                    stop(failed ? "error" : "exit()");
                }
            }
            finish();
        } catch (Throwable e) {
            result.completeExceptionally(e);
        } finally {
            close();
        }
    }

    /** Waits until something is due; records wait in the ring meanwhile, which wakes us when it is half full. */
    private void await(long deadline, boolean busy) {
        long now = System.nanoTime();
        long most = ring == null ? options.interval().toNanos() : busy ? BUSY_NANOS : IDLE_NANOS;
        long wait = timers.untilNext(now, Math.min(most, Math.max(0, windowEnd - now)));
        wait = Math.min(wait, Math.max(0, deadline - now));
        if (wait == 0 || isStopping()) {
            return;
        }
        if (ring != null && wait >= 1_000_000) {
            boolean ignored = ring.await((int) (wait / 1_000_000));
        } else {
            LockSupport.parkNanos(wait);
        }
    }

    /** Reads what the ring holds, for a bounded time; whether there was anything. */
    private boolean drain(long until) {
        if (ring == null || events == null) {
            return replacements.drain(BATCH) > 0;
        }
        int total = 0;
        int count;
        do {
            count = ring.drain(events, BATCH) + replacements.drain(BATCH);
            total += count;
            if (lines.size() >= FLUSH_BYTES) {
                flush();
            }
        } while (count > 0 && System.nanoTime() < until);
        if (total == 0 && lines.hasPending()) {
            lines.release();
        }
        flush();
        return total > 0;
    }

    private void fire(long now) {
        for (var handler : timers.due(now)) {
            if (!isStopping()) {
                run(handler, own);
            }
        }
        flush();
    }

    private void takeWindow(long now) {
        long offset = wallClock.getAsLong();
        listener.window(windows.build(windowStart, now, offset, losses::read));
        var step = clockSteps.look(offset);
        if (step != null) {
            event("clock_step", step);
        }
        windowStart = now;
        windowEnd += options.interval().toNanos();
        if (windowEnd <= now) {
            windowEnd = now + options.interval().toNanos();
        }
        if (!options.timed() && windowCount++ % WINDOWS_BETWEEN_COSTS == 0) {
            losses.cost().begin();
            costEnd = now + COST_NANOS;
        }
    }

    private void measureCost(long now) {
        if (!options.timed() && losses.cost().isMeasuring() && now >= costEnd) {
            losses.cost().end();
        }
    }

    private void finish() {
        exitNanos = Math.min(exitNanos, System.nanoTime());
        if (loaded != null) {
            loaded.words().close();
            loaded.objects().detach();
        }
        replacements.detach();
        // A program may still be in its last run on another CPU when its link is gone.
        LockSupport.parkNanos(1_000_000);
        if (options.timed()) {
            losses.cost().end();
        }
        while (drain(Long.MAX_VALUE)) {
            Thread.onSpinWait();
        }
        lines.release();
        if (failed) {
            ordered.error().forEach(handler -> run(handler, own));
        } else {
            ordered.end().forEach(handler -> run(handler, own));
            displayGlobals();
        }
        flush();
        var window = windows.build(windowStart, System.nanoTime(), wallClock.getAsLong(), losses::read);
        var last = window.losses();
        listener.window(window);
        Complaints.of(last, options.suppressErrors()).forEach(text -> send(Stream.ERROR, text));
        event(failed ? "error" : "stopped", "stopped: " + reason());
        int status = command == null ? -1 : command.status();
        close();
        result.complete(new RunResult(last.softErrors(), reason(), status, last));
    }

    private String reason() {
        return failed ? "error" : Optional.ofNullable(stopReason.get()).orElse("exit()");
    }

    private void displayGlobals() {
        globals.release();
        for (var global : plan.globals()) {
            if (global.displayedAtEnd()) {
                GlobalDisplay.print(global, globals, this);
            }
        }
    }

    /** Lets go of everything; again it is harmless. */
    void close() {
        exchange.close();
        losses.cost().close();
        replacements.close();
        targets.close();
        if (loaded != null) {
            loaded.close();
        }
        if (command != null) {
            command.close();
        }
    }

    private void run(Handler handler, HitContext hit) {
        long start = System.nanoTime();
        run(interpreter, handler, hit);
        losses.ran(handler, System.nanoTime() - start);
    }

    private void run(Interpreter with, Handler handler, HitContext hit) {
        globals.release();
        var outcome = with.run(handler, hit);
        if (outcome instanceof Outcome.Failed failure && !options.suppressErrors()) {
            losses.userError();
            error(failure.message());
            if (losses.errors() > plan.limits().maxErrors()) {
                fail();
            }
        }
        if (outcome.exitRequested()) {
            exit();
        }
    }

    private void fail() {
        failed = true;
        exit();
    }

    @Override
    public void exit() {
        exitNanos = Math.min(exitNanos, System.nanoTime());
        if (loaded != null) {
            loaded.words().close();
        }
        stop("exit()");
    }

    @Override
    public void deferred(int handler, long nanos, Hits.Deferred hit) {
        late(interpreter, plan.handlers().get(handler), nanos, hit);
    }

    private void late(Interpreter with, Handler handler, long nanos, HitContext hit) {
        // Hits after the exit() of a handler in user space: the kernel could not know of it yet.
        if (nanos <= exitNanos) {
            run(with, handler, hit);
        }
    }

    @Override
    public void print(String text) {
        lines.print(text);
    }

    @Override
    public void warn(String message) {
        warning(message);
    }

    @Override
    public void system(String command) {
        flush();
        actions.system(command);
    }

    @Override
    public void kernelLog(long level, String message) {
        actions.kernelLog(level, message);
    }

    @Override
    public void signal(long number, long pid, long nanos) {
        actions.signal(number, pid, nanos - wallOffset);
    }

    @Override
    public void warning(String message) {
        send(Stream.ERROR, "WARNING: " + message + "\n");
    }

    @Override
    public void error(String message) {
        if (options.suppressErrors()) {
            return;
        }
        send(Stream.ERROR, "ERROR: " + message + "\n");
        event("error", message);
        if (losses.errors() > plan.limits().maxErrors()) {
            failed = true;
        }
    }

    private void send(Stream stream, String text) {
        flush();
        listener.output(new Output(stream, text));
    }

    private void flush() {
        if (lines.size() > 0) {
            listener.output(new Output(Stream.OUT, lines.take()));
        }
    }

    private void event(String kind, String text) {
        listener.event(new RunEvent(kind, System.nanoTime(), text));
    }
}
