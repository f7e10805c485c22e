package io.stapscope.kernel.link;

import io.stapscope.kernel.program.BpfProgram;
import io.stapscope.kernel.syscall.Bpf;
import io.stapscope.kernel.syscall.Descriptor;

/** A program attached to its raw tracepoint. */
public final class RawTracepointLink implements ProgramLink {
    private final BpfProgram program;
    private final Descriptor descriptor;

    private RawTracepointLink(BpfProgram program, Descriptor descriptor) {
        this.program = program;
        this.descriptor = descriptor;
    }

    /** The program runs from now on, on every CPU. */
    public static RawTracepointLink attach(BpfProgram program) {
        return new RawTracepointLink(program, Bpf.openRawTracepoint(program.descriptor(), 0, "link of " + program));
    }

    /** As {@link #attach}, for a program that was loaded without types. */
    static RawTracepointLink attachUntyped(BpfProgram program, String tracepoint) {
        var link = Bpf.openRawTracepoint(tracepoint, program.descriptor(), "tracepoint " + tracepoint);
        return new RawTracepointLink(program, link);
    }

    @Override
    public BpfProgram program() {
        return program;
    }

    /** The program may still be finishing its last run on some CPU when this returns. */
    @Override
    public void close() {
        descriptor.close();
    }
}
