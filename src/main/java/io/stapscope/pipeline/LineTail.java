package io.stapscope.pipeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The newest lines of a stream of blocks; older ones are dropped and counted. Blocks become lines only when somebody wants
 * to see them, so what comes in costs the same however many lines it holds. Not thread-safe.
 */
final class LineTail {
    private final int most;
    private final Deque<LogBlock> blocks = new ArrayDeque<>();
    private long held;
    private long dropped;

    /** @param most lines that are kept */
    LineTail(int most) {
        this.most = most;
    }

    void add(LogBlock block) {
        blocks.addLast(block);
        held += block.lines();
        while (held - blocks.getFirst().lines() >= most) {
            int lines = blocks.removeFirst().lines();
            held -= lines;
            dropped += lines;
        }
    }

    boolean isEmpty() {
        return blocks.isEmpty();
    }

    /** The newest lines, in order. */
    List<LogLine> lines() {
        var lines = new ArrayList<LogLine>();
        long before = held - Math.min(held, most);
        for (var block : blocks) {
            lines.addAll(block.last((int) Math.max(0, block.lines() - before)));
            before = 0;
        }
        return List.copyOf(lines);
    }

    /** Lines before {@link #lines} that nobody took. */
    long dropped() {
        return dropped + Math.max(0, held - most);
    }

    /** Begins anew: what it held was taken. */
    void clear() {
        blocks.clear();
        held = 0;
        dropped = 0;
    }
}
