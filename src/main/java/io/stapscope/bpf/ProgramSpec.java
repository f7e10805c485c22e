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

        /**
         * Places in the code of one program or library, all by one link (BPF_PROG_TYPE_KPROBE, BPF_TRACE_UPROBE_MULTI or
         * BPF_TRACE_UPROBE_SESSION). The cookie of a hit is the index of its place.
         *
         * @param path canonical and absolute
         * @param device the kernel's dev_t of the file that the places are those of: major << 20 | minor
         * @param process the only one whose hits are wanted; 0 for every process that maps the file
         */
        record UserProbe(String path, long device, long inode, int process, Side side, List<Place> places)
                implements AttachSpec {
            public UserProbe {
                places = List.copyOf(places);
            }

            /** The same program at fewer places; cookies stay. */
            public UserProbe with(List<Place> fewer) {
                return new UserProbe(path, device, inode, process, side, fewer);
            }
        }

        /**
         * An instruction.
         *
         * @param offset in the file
         * @param semaphore offset in the file of the counter that tells the program whether somebody listens; 0 for none
         */
        record Place(long offset, long semaphore, long cookie) {}

        /** When a program runs at its places. */
        enum Side {
            /** Before the instruction. */
            ENTRY,
            /** When the function returns that begins there. */
            RETURN,
            /** Both; the program asks which it is. */
            SESSION
        }
    }
}
