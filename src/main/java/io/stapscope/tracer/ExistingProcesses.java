package io.stapscope.tracer;

import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.ir.ProbePoint.Event;
import io.stapscope.compiler.ir.ProbePoint.Target;
import io.stapscope.interpreter.HitContext;
import io.stapscope.kernel.inspect.FileIdentity;
import io.stapscope.kernel.inspect.ProcessEntry;
import io.stapscope.kernel.inspect.ProcessTable;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/** Tells the begin handlers of a script of the processes and threads that ran before it. */
final class ExistingProcesses {
    private final int self;
    private final Set<Integer> excludedParents;
    private final int target;

    /** @param target target process of the run, 0 without one */
    ExistingProcesses(int self, Set<Integer> excludedParents, int target) {
        this.self = self;
        this.excludedParents = excludedParents;
        this.target = target;
    }

    static boolean isAskedFor(Plan plan) {
        return plan.handlers().stream()
                .anyMatch(handler -> handler.point() instanceof ProbePoint.Process process
                        && (process.event() == Event.BEGIN || process.event() == Event.THREAD_BEGIN));
    }

    /** @param visitor runs one handler for one process or thread; false ends the visit */
    void visit(List<Handler> handlers, ProcessTable table, BiPredicate<Handler, HitContext> visitor) {
        var family = target == 0 ? Set.<Integer>of() : table.withDescendants(target);
        for (var process : table.processes()) {
            for (var handler : handlers) {
                if (handler.point() instanceof ProbePoint.Process(var _, var wanted, var event)
                        && matches(wanted, process, family)
                        && !visit(handler, event, process, family, visitor)) {
                    return;
                }
            }
        }
    }

    private static boolean visit(
            Handler handler,
            Event event,
            ProcessEntry process,
            Set<Integer> family,
            BiPredicate<Handler, HitContext> visitor) {
        for (int thread = 0; thread < process.threads().size(); thread++) {
            boolean leader = process.threads().get(thread).tid() == process.pid();
            boolean wanted = event == Event.BEGIN && leader || event == Event.THREAD_BEGIN && !leader;
            if (wanted && !visitor.test(handler, new Hits.ExistingTask(process, thread))) {
                return false;
            }
        }
        return true;
    }

    private boolean matches(Target wanted, ProcessEntry process, Set<Integer> family) {
        if (process.pid() == self || process.executable().equals(FileIdentity.NONE)) {
            return false;
        }
        return switch (wanted) {
            case Target.Everyone() -> !isOurs(process);
            case Target.Session() -> family.contains(process.pid()) && !isOurs(process);
            case Target.Executable(var _, long device, long inode) ->
                process.executable().device() == device && process.executable().inode() == inode;
            case Target.Pid(int pid) -> process.pid() == pid;
        };
    }

    private boolean isOurs(ProcessEntry process) {
        return excludedParents.contains(process.pid()) || excludedParents.contains(process.parent());
    }
}
