package io.stapscope.codegen;

import io.stapscope.codegen.layout.Align;
import io.stapscope.codegen.layout.FrameStack;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.ir.ProbePoint.Target;
import io.stapscope.compiler.type.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts handlers of returns that want to know values of the entry into lanes: no two of a lane have a place in common, so that
 * each call has at most one that remembers, and they can share a program, and their memory.
 */
final class CodeLanes {
    /** The kernel delivers the returns of so many calls that a task is in. */
    static final int MOST_CALLS = 64;

    /** Bytes of a task's storage for one lane. */
    private static final int MOST_BYTES = 32_768;

    private static final int LEAST_CALLS = 8;

    private record Group(String path, long device, long inode, Target target) {}

    private static final class Lane {
        private final Set<Long> offsets = new HashSet<>();
        private final List<Handler> handlers = new ArrayList<>();

        private boolean takes(ProbePoint.Code code) {
            return code.sites().stream().noneMatch(site -> offsets.contains(site.offset()));
        }

        private void add(Handler handler, ProbePoint.Code code) {
            code.sites().forEach(site -> offsets.add(site.offset()));
            handlers.add(handler);
        }
    }

    private final Map<Group, List<Lane>> lanes = new LinkedHashMap<>();
    private final Map<Integer, Integer> numbers = new HashMap<>();

    CodeLanes(Plan plan) {
        for (var handler : plan.handlers()) {
            if (handler.point() instanceof ProbePoint.Code code
                    && code.atReturn()
                    && !handler.entries().isEmpty()) {
                add(handler, code);
            }
        }
    }

    private void add(Handler handler, ProbePoint.Code code) {
        var group = new Group(code.path(), code.device(), code.inode(), code.target());
        var all = lanes.computeIfAbsent(group, _ -> new ArrayList<>());
        int number = 0;
        while (number < all.size() && !all.get(number).takes(code)) {
            number++;
        }
        if (number == all.size()) {
            all.add(new Lane());
        }
        all.get(number).add(handler, code);
        numbers.put(handler.id(), number + 1);
    }

    /** From 1; 0 for a handler that remembers nothing. */
    int of(Handler handler) {
        return numbers.getOrDefault(handler.id(), 0);
    }

    /** Stacks of calls by handler, in the memory of a task from a byte on. */
    Map<Integer, FrameStack> stacks(int start, StringWidths widths) {
        var stacks = new LinkedHashMap<Integer, FrameStack>();
        int next = start;
        for (var group : lanes.values()) {
            for (var lane : group) {
                next = stacks(lane, next, widths, stacks);
            }
        }
        return stacks;
    }

    /** The byte behind them. */
    private static int stacks(Lane lane, int start, StringWidths widths, Map<Integer, FrameStack> stacks) {
        var offsets = new LinkedHashMap<Handler, List<Integer>>();
        int size = 0;
        for (var handler : lane.handlers) {
            if (!Invocations.isOneNumber(handler)) {
                int next = FrameStack.VALUES;
                var own = new ArrayList<Integer>();
                for (var entry : handler.entries()) {
                    own.add(next);
                    next += entry.type() == Type.LONG ? 8 : Align.toWords(widths.of(entry, handler));
                }
                offsets.put(handler, own);
                size = Math.max(size, next);
            }
        }
        if (offsets.isEmpty()) {
            return start;
        }
        int depth = Math.min(MOST_CALLS, MOST_BYTES / size);
        if (depth < LEAST_CALLS) {
            var first = offsets.keySet().iterator().next();
            throw new UnsupportedInKernelException(first.span(), "@entry of " + size + " bytes").in(first.id());
        }
        int frame = size;
        offsets.forEach((handler, own) -> stacks.put(handler.id(), new FrameStack(start, frame, depth, own)));
        return new FrameStack(start, frame, depth, List.of()).end();
    }
}
