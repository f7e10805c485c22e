package io.stapscope.codegen;

import io.stapscope.bpf.ProgramSpec.AttachSpec;
import io.stapscope.compiler.ir.ProbePoint.Event;
import io.stapscope.compiler.ir.ProbePoint.Target;
import java.util.EnumSet;
import java.util.Set;

/** What runs a program, and what it finds in its context. */
sealed interface Hook {
    /** Short: the beginning of the program's name. */
    String label();

    AttachSpec attach();

    default boolean isSystemCall() {
        return this == ProcessHook.SYSTEM_CALL || this == ProcessHook.SYSTEM_CALL_RETURN;
    }

    /** The tracepoints that carry the events of processes. */
    enum ProcessHook implements Hook {
        PROCESS_FORK("sched_process_fork", EnumSet.of(Event.BEGIN, Event.THREAD_BEGIN)),
        PROCESS_EXEC("sched_process_exec", EnumSet.of(Event.BEGIN)),
        /** The old image is still there and the call can no longer be refused. */
        PREPARE_EXEC("sched_prepare_exec", EnumSet.of(Event.END)),
        PROCESS_EXIT("sched_process_exit", EnumSet.of(Event.END, Event.THREAD_END)),
        SYSTEM_CALL("sys_enter", EnumSet.of(Event.SYSCALL)),
        SYSTEM_CALL_RETURN("sys_exit", EnumSet.of(Event.SYSCALL_RETURN));

        private final String tracepoint;
        private final Set<Event> events;

        ProcessHook(String tracepoint, Set<Event> events) {
            this.tracepoint = tracepoint;
            this.events = events;
        }

        @Override
        public String label() {
            return tracepoint;
        }

        @Override
        public AttachSpec attach() {
            return new AttachSpec.RawTracepoint(tracepoint);
        }

        boolean carries(Event event) {
            return events.contains(event);
        }
    }

    /**
     * A tracepoint that a script names. To the verifier its arguments are plain numbers: what they point to is read by
     * a helper, which tells of a fault, where a direct load would give 0.
     */
    record Tracepoint(String tracepoint) implements Hook {
        @Override
        public String label() {
            return tracepoint;
        }

        @Override
        public AttachSpec attach() {
            return new AttachSpec.UntypedTracepoint(tracepoint);
        }
    }

    /**
     * Places in the code of a program or library.
     *
     * @param atReturn whether it is for returns, and for what they remember of entries
     * @param lane of {@link CodeLanes}
     */
    record Code(String path, long device, long inode, Target target, boolean atReturn, int lane, CodePlaces places)
            implements Hook {
        @Override
        public String label() {
            return atReturn ? "return" : "code";
        }

        @Override
        public AttachSpec attach() {
            int process = target instanceof Target.Pid(int pid) ? pid : 0;
            var side = atReturn ? AttachSpec.Side.SESSION : AttachSpec.Side.ENTRY;
            return new AttachSpec.UserProbe(path, device, inode, process, side, places.places());
        }
    }

    /** A counter of the processor or of the kernel that fires when it has counted enough. */
    record Sampling(AttachSpec.PerfEvent event) implements Hook {
        @Override
        public String label() {
            return "perf_" + event.type() + "_" + event.config();
        }

        @Override
        public AttachSpec attach() {
            return event;
        }
    }
}
