package io.stapscope.tracer;

import io.stapscope.codegen.CodeGenerator;
import io.stapscope.codegen.Generated;
import io.stapscope.codegen.UnsupportedInKernelException;
import io.stapscope.codegen.layout.MapNames;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.source.Span;
import io.stapscope.host.Host;
import io.stapscope.host.KernelTypes;
import io.stapscope.kernel.link.KernelObjects;
import io.stapscope.kernel.program.VerifierException;
import io.stapscope.kernel.ringbuffer.RingBufferReader;
import io.stapscope.kernel.syscall.Errno;
import io.stapscope.kernel.syscall.KernelException;
import org.jspecify.annotations.Nullable;

/** What a plan has in the kernel: generated, loaded, not yet attached. */
final class LoadedPlan implements AutoCloseable {
    private final Generated generated;
    private final KernelObjects objects;
    private final SessionWords words;
    private final @Nullable RingBufferReader events;

    private LoadedPlan(Generated generated, KernelObjects objects, @Nullable RingBufferReader events) {
        this.generated = generated;
        this.objects = objects;
        this.events = events;
        this.words = new SessionWords(
                generated.layouts().session(), objects.map(MapNames.SESSION).view());
    }

    /** @throws TraceException with the place in the script when the kernel refuses it; nothing is left behind */
    static LoadedPlan load(Plan plan, Host host) throws TraceException {
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
            return new LoadedPlan(generated, objects, events);
        } catch (VerifierException e) {
            objects.close();
            throw refused(e, generated);
        } catch (KernelException e) {
            objects.close();
            throw refused(e);
        } catch (RuntimeException e) {
            objects.close();
            throw e;
        }
    }

    private static Generated generate(Plan plan, Host host) throws TraceException {
        try {
            return CodeGenerator.generate(plan, host);
        } catch (UnsupportedInKernelException e) {
            throw new TraceException("this handler is too large: " + e.getMessage(), e.span(), "", e);
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
        try {
            objects.attachAll();
        } catch (KernelException e) {
            throw refused(e);
        }
    }

    @Override
    public void close() {
        objects.detach();
        if (events != null) {
            events.close();
        }
        objects.close();
    }
}
