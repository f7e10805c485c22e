package io.stapscope.codegen;

import io.stapscope.compiler.ir.ProbePoint.Event;
import java.util.EnumSet;
import java.util.Set;

/** The tracepoints that carry the events of processes. */
enum Hook {
    PROCESS_FORK("sched_process_fork", EnumSet.of(Event.BEGIN, Event.THREAD_BEGIN)),
    PROCESS_EXEC("sched_process_exec", EnumSet.of(Event.BEGIN)),
    /** The old image is still there and the call can no longer be refused. */
    PREPARE_EXEC("sched_prepare_exec", EnumSet.of(Event.END)),
    PROCESS_EXIT("sched_process_exit", EnumSet.of(Event.END, Event.THREAD_END)),
    SYSTEM_CALL("sys_enter", EnumSet.of(Event.SYSCALL)),
    SYSTEM_CALL_RETURN("sys_exit", EnumSet.of(Event.SYSCALL_RETURN));

    private final String tracepoint;
    private final Set<Event> events;

    Hook(String tracepoint, Set<Event> events) {
        this.tracepoint = tracepoint;
        this.events = events;
    }

    String tracepoint() {
        return tracepoint;
    }

    boolean carries(Event event) {
        return events.contains(event);
    }

    boolean isSystemCall() {
        return this == SYSTEM_CALL || this == SYSTEM_CALL_RETURN;
    }
}
