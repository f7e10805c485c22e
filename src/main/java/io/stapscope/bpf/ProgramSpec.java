package io.stapscope.bpf;

import java.util.List;

/**
 * Blueprint of a program and of what it is attached to.
 *
 * @param name at most 15 bytes reach the kernel
 */
public record ProgramSpec(String name, AttachSpec attach, List<Instruction> instructions) {
    public ProgramSpec {
        instructions = List.copyOf(instructions);
    }

    /** What a program is made for. */
    public sealed interface AttachSpec {
        /**
         * A BTF-typed raw tracepoint (BPF_PROG_TYPE_TRACING, BPF_TRACE_RAW_TP).
         *
         * @param tracepoint name without {@code btf_trace_}
         */
        record RawTracepoint(String tracepoint) implements AttachSpec {}
    }
}
