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

        /** A raw tracepoint whose arguments are plain numbers to the verifier (BPF_PROG_TYPE_RAW_TRACEPOINT). */
        record UntypedTracepoint(String tracepoint) implements AttachSpec {}

        /**
         * A counter of every CPU that runs the program each time it has counted enough (BPF_PROG_TYPE_PERF_EVENT).
         *
         * @param type enum perf_type_id, or the type of a unit under /sys/bus/event_source/devices
         * @param config what the type counts
         * @param rate counts from one run to the next, or runs each second
         * @param frequency whether {@code rate} is a frequency
         */
        record PerfEvent(int type, long config, long rate, boolean frequency) implements AttachSpec {}
    }
}
