package io.stapscope.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Printed lines that the database has not confirmed, bounded by the memory they take: the oldest are given up first and
 * counted, but for those on their way, of which nobody knows yet. For one thread.
 */
final class LineBacklog {
    private final long mostBytes;
    private final ArrayDeque<ConsoleBlock> waiting = new ArrayDeque<>();
    private List<ConsoleBlock> underWay = List.of();
    private long bytes;
    private long lines;
    private long refused;

    LineBacklog(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    void put(List<ConsoleBlock> printed) {
        for (var block : printed) {
            waiting.addLast(block);
            count(block, 1);
            while (bytes > mostBytes && waiting.size() > 1) {
                var oldest = waiting.removeFirst();
                count(oldest, -1);
                refused += oldest.lines();
            }
        }
    }

    private void count(ConsoleBlock block, int sign) {
        bytes += sign * block.bytes();
        lines += sign * block.lines();
    }

    /** The oldest, of about so many bytes; they are under way until {@link #forget} or the next call. */
    List<ConsoleBlock> next(long batchBytes) {
        comeBack();
        var next = new ArrayList<ConsoleBlock>();
        for (long taken = 0; taken < batchBytes && !waiting.isEmpty(); ) {
            var block = waiting.removeFirst();
            count(block, -1);
            taken += block.bytes();
            next.add(block);
        }
        underWay = List.copyOf(next);
        return underWay;
    }

    /** Those under way did not arrive. */
    private void comeBack() {
        for (var block : underWay.reversed()) {
            waiting.addFirst(block);
            count(block, 1);
        }
        underWay = List.of();
    }

    /** They are in the database, or refused by it. */
    void forget(List<ConsoleBlock> stored) {
        if (!stored.isEmpty()) {
            underWay = List.of();
        }
    }

    /** Everything that is not under way, to be kept elsewhere. */
    List<ConsoleBlock> take() {
        var all = List.copyOf(waiting);
        waiting.clear();
        bytes = 0;
        lines = 0;
        return all;
    }

    /** Everything, also what is under way: the database may have it already, and takes it twice without harm. */
    List<ConsoleBlock> takeAll() {
        comeBack();
        return take();
    }

    boolean isEmpty() {
        return waiting.isEmpty() && underWay.isEmpty();
    }

    /** Bytes that wait. */
    long bytes() {
        return bytes;
    }

    /** Lines that wait or are under way. */
    int lines() {
        return Math.toIntExact(Math.min(Integer.MAX_VALUE, lines + ConsoleBlock.lines(underWay)));
    }

    /** Lines that were given up. */
    long refused() {
        return refused;
    }
}
