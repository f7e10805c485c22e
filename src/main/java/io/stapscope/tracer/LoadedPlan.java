package io.stapscope.tracer;

import io.stapscope.bpf.ProgramSpec.AttachSpec;
import io.stapscope.codegen.CodeGenerator;
import io.stapscope.codegen.Generated;
import io.stapscope.codegen.UnsupportedInKernelException;
import io.stapscope.codegen.layout.MapNames;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.lowering.Retreat;
import io.stapscope.compiler.source.Span;
import io.stapscope.host.Host;
import io.stapscope.host.KernelTypes;
import io.stapscope.kernel.link.KernelObjects;
import io.stapscope.kernel.program.VerifierException;
import io.stapscope.kernel.ringbuffer.RingBufferReader;
import io.stapscope.kernel.syscall.Errno;
import io.stapscope.kernel.syscall.KernelException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a plan has in the kernel: generated, loaded, not yet attached. */
final class LoadedPlan implements AutoCloseable {
    private final Plan plan;
    private final Generated generated;
    private final KernelObjects objects;
    private final SessionWords words;
    private final @Nullable RingBufferReader events;
    private final CodeAttachment code;

    private LoadedPlan(
            Plan plan, Host host, Generated generated, KernelObjects objects, @Nullable RingBufferReader events) {
        this.plan = plan;
        this.code = new CodeAttachment(objects, host);
        this.generated = generated;
        this.objects = objects;
        this.events = events;
        this.words = new SessionWords(
                generated.layouts().session(), objects.map(MapNames.SESSION).view());
    }

    /**
     * Handlers that the kernel refuses only for their size run after the hit instead.
     *
     * @throws TraceException with the place in the script when the kernel refuses it; nothing is left behind
     */
    static LoadedPlan load(Plan plan, Host host) throws TraceException {
        var current = plan;
        while (true) {
            try {
                return loadOnce(current, host);
            } catch (TooLargeException e) {
                var smaller = retreat(current, e.handlers());
                if (smaller == null) {
                    throw e.refusal();
                }
                current = smaller;
            }
        }
    }

    private static @Nullable Plan retreat(Plan plan, List<Integer> handlers) {
        Plan smaller = null;
        for (int handler : handlers) {
            var next = Retreat.defer(smaller == null ? plan : smaller, handler);
            smaller = next == null ? smaller : next;
        }
        return smaller;
    }

    /** Handlers that are too large for the kernel, and what to say when they cannot be deferred. */
    private static final class TooLargeException extends Exception {
        private static final long serialVersionUID = 1;

        private final transient List<Integer> handlers;
        private final transient TraceException refusal;

        TooLargeException(List<Integer> handlers, TraceException refusal) {
            super(refusal);
            this.handlers = List.copyOf(handlers);
            this.refusal = refusal;
        }

        List<Integer> handlers() {
            return handlers;
        }

        TraceException refusal() {
            return refusal;
        }
    }

    private static LoadedPlan loadOnce(Plan plan, Host host) throws TraceException, TooLargeException {
        CodeAttachment.check(plan, host);
        var generated = generate(plan, host);
        var objects = new KernelObjects();
        try {
            for (var map : generated.maps()) {
                var ignored = objects.create(map);
            }
            for (var program : generated.programs()) {
                var ignored = objects.load(program, host.types());
            }
            var events = objects.maps().containsKey(MapNames.EVENTS)
                    ? RingBufferReader.open(objects.map(MapNames.EVENTS))
                    : null;
            return new LoadedPlan(plan, host, generated, objects, events);
        } catch (VerifierException e) {
            objects.close();
            var refusal = refused(e, generated);
            if (e.isTooLarge()) {
                throw new TooLargeException(handlersOf(e.program(), generated), refusal);
            }
            throw refusal;
        } catch (KernelException e) {
            objects.close();
            throw refused(e);
        } catch (RuntimeException e) {
            objects.close();
            throw e;
        }
    }

    /** What each program has for itself; all other maps hold what the script keeps. */
    private static final Set<String> OWN = Set.of(MapNames.CONSTANTS, MapNames.EVENTS, MapNames.SCRATCH);

    /**
     * The programs for a file that came in the place of a probed one. They count into the maps of the first.
     *
     * @param plan of the same script as it compiles now
     * @throws TraceException when the script keeps other things for the new file, or the kernel refuses the programs
     */
    static LoadedPlan replacement(Plan plan, Host host, LoadedPlan first, String path) throws TraceException {
        CodeAttachment.check(plan, host);
        try {
            var generated = generate(plan, host);
            if (!generated.layouts().equals(first.generated.layouts())) {
                throw new TraceException("for the new file the script needs other maps", null, "", null);
            }
            var objects = new KernelObjects();
            try {
                for (var map : generated.maps()) {
                    if (OWN.contains(map.name())) {
                        var ignored = objects.create(map);
                    } else {
                        objects.share(first.objects.map(map.name()));
                    }
                }
                for (var program : generated.programs()) {
                    if (program.attach() instanceof AttachSpec.UserProbe probe
                            && probe.process() == 0
                            && probe.path().equals(path)) {
                        var ignored = objects.load(program, host.types());
                    }
                }
                if (objects.programs().isEmpty()) {
                    throw new TraceException("nothing of the script is about the new file", null, "", null);
                }
                var events = objects.maps().containsKey(MapNames.EVENTS)
                        ? RingBufferReader.open(objects.map(MapNames.EVENTS))
                        : null;
                return new LoadedPlan(plan, host, generated, objects, events);
            } catch (VerifierException e) {
                objects.close();
                throw refused(e, generated);
            } catch (KernelException e) {
                objects.close();
                throw refused(e);
            } catch (TraceException | RuntimeException e) {
                objects.close();
                throw e;
            }
        } catch (TooLargeException e) {
            throw e.refusal();
        }
    }

    private static List<Integer> handlersOf(String program, Generated generated) {
        for (int i = 0; i < generated.programs().size(); i++) {
            if (generated.programs().get(i).name().equals(program)) {
                return generated.handlers().get(i);
            }
        }
        return List.of();
    }

    private static Generated generate(Plan plan, Host host) throws TraceException, TooLargeException {
        try {
            return CodeGenerator.generate(plan, host);
        } catch (UnsupportedInKernelException e) {
            var refusal = new TraceException("this handler is too large: " + e.getMessage(), e.span(), "", e);
            if (e.handler() < 0) {
                throw refusal;
            }
            throw new TooLargeException(List.of(e.handler()), refusal);
        } catch (KernelTypes.MissingTypeException e) {
            throw new TraceException("this kernel lacks what the script needs: " + e.getMessage(), null, "", e);
        }
    }

    private static TraceException refused(VerifierException e, Generated generated) {
        Span span = e.origin() >= 0 ? generated.origins().get(e.origin()) : null;
        return new TraceException(
                "the kernel's verifier refused the code made for this place (" + e.tellingLine()
                        + "); this is a defect of Stapscope, please report it with the script",
                span,
                e.log(),
                e);
    }

    static TraceException refused(KernelException e) {
        var message = e.errno() == Errno.EPERM || e.errno() == Errno.EACCES
                ? "tracing needs the capabilities CAP_BPF and CAP_PERFMON, or root: the kernel refused "
                        + e.getMessage() + "; `stapscope doctor` tells what is missing"
                : "the kernel refused " + e.getMessage();
        return new TraceException(message, null, "", e);
    }

    /** Hardware events are missing on most virtual machines. */
    private TraceException notCounted(AttachSpec.PerfEvent event, KernelException e) {
        if (e.errno() == Errno.EPERM || e.errno() == Errno.EACCES) {
            return refused(e);
        }
        Span span = null;
        for (var handler : plan.handlers()) {
            if (handler.point() instanceof ProbePoint.Sampling(var _, var type, var config, var _, var _, var _)
                    && type == event.type()
                    && config == event.config()) {
                span = span == null ? handler.span() : span;
            }
        }
        return new TraceException(
                "this machine does not count the perf event of type " + event.type() + ", config " + event.config()
                        + " (" + Errno.name(e.errno())
                        + "); perf.sw.cpu_clock and timer.profile are counted everywhere",
                span,
                "",
                e);
    }

    /** What runs: the plan that was asked for, with what is too large for the kernel deferred. */
    Plan plan() {
        return plan;
    }

    Generated generated() {
        return generated;
    }

    KernelObjects objects() {
        return objects;
    }

    SessionWords words() {
        return words;
    }

    @Nullable
    RingBufferReader events() {
        return events;
    }

    /** Attaches everything; nothing runs before the words are opened. */
    void attach() throws TraceException {
        for (var program : objects.programs()) {
            try {
                if (program.spec().attach() instanceof AttachSpec.UserProbe probe) {
                    code.attach(program, probe, handlers(program.spec().name()));
                } else {
                    objects.attach(program);
                }
            } catch (KernelException e) {
                throw program.spec().attach() instanceof AttachSpec.PerfEvent event ? notCounted(event, e) : refused(e);
            }
        }
    }

    private List<Handler> handlers(String program) {
        return handlersOf(program, generated).stream().map(plan.handlers()::get).toList();
    }

    /** What became of the places in the code of programs. */
    CodeAttachment code() {
        return code;
    }

    @Override
    public void close() {
        objects.detach();
        if (events != null) {
            events.close();
        }
        objects.close();
        code.watch().close();
    }
}
