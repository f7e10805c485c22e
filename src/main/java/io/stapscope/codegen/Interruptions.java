package io.stapscope.codegen;

import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.ProbePoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which rows of memory a program may add to without an atomic operation. A sample or an interrupt hits while another program
 * of the script is between reading and writing a number of the same CPU: where that can be, each program has rows of its own,
 * which are added up when they are read. The kernel never runs one program inside itself.
 */
final class Interruptions {
    /** Whether one handler in the kernel may stop another one. */
    private final boolean possible;

    /** By statistic the programs that feed it, in the order of their rows. */
    private final Map<Integer, List<Integer>> feeders = new LinkedHashMap<>();

    Interruptions(Plan plan) {
        var handlers = plan.handlers().stream()
                .filter(handler -> handler.place() != Handler.Place.USER)
                .toList();
        possible = handlers.size() > 1 && handlers.stream().anyMatch(Interruptions::interrupts);
    }

    /** System calls, the beginnings and ends of processes and their own code happen while nothing else of ours runs. */
    private static boolean interrupts(Handler handler) {
        return handler.point() instanceof ProbePoint.Tracepoint || handler.point() instanceof ProbePoint.Sampling;
    }

    /** Whether what a task remembers may be half written when it is read, and programs need counters of their own. */
    boolean arePossible() {
        return possible;
    }

    /** Number of the rows of a statistic that a program adds to. */
    int statistic(int global, int program) {
        if (!possible) {
            return 0;
        }
        var known = feeders.computeIfAbsent(global, _ -> new ArrayList<>());
        if (!known.contains(program)) {
            known.add(program);
        }
        return known.indexOf(program);
    }

    /** How many rows each CPU needs for a statistic. */
    int rows(int global) {
        return Math.max(1, feeders.getOrDefault(global, List.of()).size());
    }
}
