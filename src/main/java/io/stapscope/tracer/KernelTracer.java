package io.stapscope.tracer;

import io.stapscope.codegen.Generated;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.host.Host;
import io.stapscope.kernel.syscall.KernelException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Runs plans on the kernel of this machine. */
public final class KernelTracer implements Tracer {
    private final Host host;
    private final boolean terminal;
    private final LongSupplier wallClock;

    private KernelTracer(Host host, boolean terminal, LongSupplier wallClock) {
        this.host = host;
        this.terminal = terminal;
        this.wallClock = wallClock;
    }

    /** Target commands get no input, and their output is dropped. */
    public static KernelTracer forService(Host host) {
        return new KernelTracer(host, false, WallClock::offsetNanos);
    }

    /** Target commands share our terminal. */
    public static KernelTracer forTerminal(Host host) {
        return new KernelTracer(host, true, WallClock::offsetNanos);
    }

    /** With a wall clock that is its distance from the monotonic one, in nanoseconds. */
    static KernelTracer withClock(Host host, LongSupplier wallClock) {
        return new KernelTracer(host, false, wallClock);
    }

    @Override
    public Run start(Plan plan, RunOptions options, RunListener listener) throws TraceException {
        var command = options.command() == null ? null : TargetCommand.start(options.command(), terminal);
        LoadedPlan loaded = null;
        Session session = null;
        try {
            loaded = KernelSide.isNeeded(plan) ? LoadedPlan.load(plan, host) : null;
            session = new Session(
                    loaded == null ? plan : loaded.plan(),
                    host,
                    options,
                    listener,
                    loaded,
                    command,
                    terminal,
                    wallClock);
            session.start();
            return session;
        } catch (KernelException e) {
            release(session, loaded, command);
            throw LoadedPlan.refused(e);
        } catch (TraceException | RuntimeException e) {
            release(session, loaded, command);
            throw e;
        }
    }

    /** Lets the verifier look at a plan, and lets go of everything again; attaches nothing. */
    public Generated verify(Plan plan) throws TraceException {
        try (var loaded = LoadedPlan.load(plan, host)) {
            return loaded.generated();
        } catch (KernelException e) {
            throw LoadedPlan.refused(e);
        }
    }

    private static void release(
            @Nullable Session session, @Nullable LoadedPlan loaded, @Nullable TargetCommand command) {
        if (session != null) {
            session.close();
        }
        if (loaded != null) {
            loaded.close();
        }
        if (command != null) {
            command.close();
        }
    }
}
