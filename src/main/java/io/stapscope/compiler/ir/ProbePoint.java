package io.stapscope.compiler.ir;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A probe point resolved on one host. {@link #text()} is what {@code pp()} gives. */
public sealed interface ProbePoint {
    String text();

    /** The processes whose events reach it; null for a point that the kernel does not fire. */
    default @Nullable Target watched() {
        return switch (this) {
            case Process point -> point.target();
            case Sampling point -> point.target();
            case Code point -> point.target();
            case SystemCall _, Tracepoint _ -> new Target.Everyone();
            case Begin _, End _, Error _, Never _, Timer _, Procfs _, Input _ -> null;
        };
    }

    /** Runs once before anything is attached; ascending order, then order of the script. */
    record Begin(String text, long order) implements ProbePoint {}

    /** Runs once after everything is detached, unless the run ended by errors. */
    record End(String text, long order) implements ProbePoint {}

    /** Runs instead of {@link End} when the run ended by errors. */
    record Error(String text, long order) implements ProbePoint {}

    /** Checked and never run. */
    record Never(String text) implements ProbePoint {}

    /**
     * Fires every period, first after one period.
     *
     * @param spreadNanos by how much each firing is moved at random to either side
     */
    record Timer(String text, long periodNanos, long spreadNanos) implements ProbePoint {}

    /** An event of processes. */
    record Process(String text, Target target, Event event) implements ProbePoint {}

    /**
     * System calls of every process of the host, the product's own left out.
     *
     * @param atReturn whether it fires when a call returns
     * @param numbers of the calls, ascending; empty for all
     */
    record SystemCall(String text, boolean atReturn, List<Integer> numbers) implements ProbePoint {
        public SystemCall {
            numbers = List.copyOf(numbers);
        }
    }

    /** A tracepoint of the kernel, in the context of whatever thread reaches it. */
    record Tracepoint(String text, String tracepoint) implements ProbePoint {}

    /**
     * A perf event of every CPU, in the context of whatever thread it interrupts.
     *
     * @param type and config as in {@code perf_event_attr}
     * @param frequency whether {@code amount} is in hertz; else it is a period in events
     * @param target whose threads count
     */
    record Sampling(String text, int type, long config, boolean frequency, long amount, Target target)
            implements ProbePoint {}

    /**
     * Places in the code of one program or library.
     *
     * @param path canonical and absolute
     * @param device the kernel's dev_t (major << 20 | minor)
     * @param target {@link Target.Everyone} for every process that maps the file
     * @param atReturn whether it fires when the function returns whose first instruction a site is
     */
    record Code(
            String text, String path, long device, long inode, Target target, boolean atReturn, List<CodeSite> sites)
            implements ProbePoint {
        public Code {
            sites = List.copyOf(sites);
        }
    }

    /**
     * One place in the code of a program. Addresses are those of the file, before relocation.
     *
     * @param text what {@code pp()} gives there
     * @param function that the place is in; "" when it is not known
     * @param entry address that the site is meant for: what {@code addr()} tells
     * @param address of the instruction that is probed, the same or a little behind
     * @param offset of that instruction in the file, as the kernel wants it
     * @param semaphoreOffset in the file, of the counter that tells the program whether somebody listens; 0 for none
     * @param elsewhere what registers held at {@code entry} that hold something else at {@code address}, computed from
     *     those of the hit; by DWARF's numbers
     */
    record CodeSite(
            String text,
            String function,
            long entry,
            long address,
            long offset,
            long semaphoreOffset,
            Map<Integer, Expression> elsewhere) {
        public CodeSite {
            elsewhere = Map.copyOf(elsewhere);
        }

        /** All registers that are looked at hold what they held at {@code entry}. */
        public CodeSite(String text, String function, long entry, long address, long offset, long semaphoreOffset) {
            this(text, function, entry, address, offset, semaphoreOffset, Map.of());
        }
    }

    /**
     * A file that a user of the run reads or writes; the handler makes or takes its content.
     *
     * @param path name of the file, as in {@code procfs("name")}
     * @param written whether it fires when the file is written; else when it is read
     * @param most bytes of its content
     * @param mode permissions of the file, from the umask of the point
     */
    record Procfs(String text, String path, boolean written, int most, int mode) implements ProbePoint {}

    /** Something comes in at the standard input of the run: a character, or a whole line. */
    record Input(String text, boolean wholeLine) implements ProbePoint {}

    /** What happens to a process or thread. */
    enum Event {
        /** A process starts, or a new image begins by exec; also once for each that runs at the start. */
        BEGIN,
        /** A thread group leader ends, or its image is replaced by exec. */
        END,
        /** A thread that is not a leader starts; also once for each that runs at the start. */
        THREAD_BEGIN,
        /** A thread that is not a leader ends. */
        THREAD_END,
        SYSCALL,
        SYSCALL_RETURN
    }

    /** Which processes a {@link Process} point watches. */
    sealed interface Target {
        /** Every process of the host, the product's own left out. */
        record Everyone() implements Target {}

        /** The run's target process (-x or -c) and its descendants. */
        record Session() implements Target {}

        /**
         * Every process whose executable this is.
         *
         * @param path canonical and absolute
         * @param device the kernel's dev_t (major << 20 | minor)
         */
        record Executable(String path, long device, long inode) implements Target {}

        /** One process. */
        record Pid(int pid) implements Target {}
    }
}
