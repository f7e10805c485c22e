package io.stapscope.compiler.ir;

/** A probe point resolved on one host. {@link #text()} is what {@code pp()} gives. */
public sealed interface ProbePoint {
    String text();

    /** Runs once before anything is attached; ascending order, then order of the script. */
    record Begin(String text, long order) implements ProbePoint {}

    /** Runs once after everything is detached, unless the run ended by errors. */
    record End(String text, long order) implements ProbePoint {}

    /** Runs instead of {@link End} when the run ended by errors. */
    record Error(String text, long order) implements ProbePoint {}

    /** Checked and never run. */
    record Never(String text) implements ProbePoint {}

    /** Fires every period, first after one period. */
    record Timer(String text, long periodNanos) implements ProbePoint {}

    /** An event of processes. */
    record Process(String text, Target target, Event event) implements ProbePoint {}

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
