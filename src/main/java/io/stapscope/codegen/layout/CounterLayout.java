package io.stapscope.codegen.layout;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Counters by reason and by handler: the only value of the array map {@link MapNames#COUNTERS} holds blocks of rows, a row
 * for each CPU, and a program adds to the rows of one block. A row is u64 numbers: one for each {@link Counter}, then the hits
 * of each handler of the block, then what each of them lost. Rows begin on cache lines of their own.
 *
 * @param cpus that may be
 * @param blocks in order, without holes; at least one
 */
public record CounterLayout(int cpus, List<Block> blocks) {
    /** Two cache lines: processors fetch them in pairs. */
    private static final int ALIGNMENT = 128;

    public CounterLayout {
        blocks = List.copyOf(blocks);
    }

    /** All programs add to the same rows. */
    public static CounterLayout shared(int cpus, List<Integer> handlers) {
        return new CounterLayout(cpus, List.of(new Block(0, handlers)));
    }

    /** What is counted beside hits; what every hit counts comes last, beside the hits of the first handlers. */
    public enum Counter {
        SKIPPED_SELF,
        SKIPPED_NO_ENTRY,
        LOST_EVENTS,
        LOST_KEYS,
        LOST_UPDATES,
        /** Returns of functions that the kernel does not deliver. */
        LOST_RETURNS,
        READ_FAULTS,
        SOFT_ERRORS,
        /** Handlers begun: hits, and returns whose entry was not seen. */
        FIRED,
        /** Values fed to statistics, wherever they went. */
        UPDATES,
        /** Records submitted to the ring buffer, and those it had no room for. */
        EVENTS;

        private static final List<Counter> ALL = List.of(values());

        /** Byte within a row. */
        public int offset() {
            return 8 * ordinal();
        }

        /** Whether what is counted is missing from the figures of a script. */
        public boolean isLoss() {
            return switch (this) {
                case LOST_EVENTS, LOST_KEYS, LOST_UPDATES, LOST_RETURNS -> true;
                case SKIPPED_SELF, SKIPPED_NO_ENTRY, READ_FAULTS, SOFT_ERRORS, FIRED, UPDATES, EVENTS -> false;
            };
        }
    }

    /**
     * Rows of one length.
     *
     * @param offset of the first row
     * @param handlers by id, in the order of their numbers
     */
    public record Block(int offset, List<Integer> handlers) {
        public Block {
            handlers = List.copyOf(handlers);
        }

        /** Bytes from one row to the next. */
        public int row() {
            int used = 8 * (Counter.ALL.size() + 2 * handlers.size());
            return (used + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        }

        /** Byte within a row. */
        public int hits(int handler) {
            return 8 * (Counter.ALL.size() + number(handler));
        }

        /** Byte within a row. */
        public int lost(int handler) {
            return hits(handler) + 8 * handlers.size();
        }

        private int number(int handler) {
            int number = handlers.indexOf(handler);
            if (number < 0) {
                throw new IllegalArgumentException("handler " + handler + " counts elsewhere");
            }
            return number;
        }
    }

    /** Where a further block begins. */
    public int size() {
        var last = blocks.getLast();
        return last.offset() + cpus * last.row();
    }

    /** Where the numbers lie whose sum is that of a counter. */
    public int[] offsets(Counter counter) {
        return blocks.stream()
                .flatMapToInt(block -> rows(block, counter.offset()))
                .toArray();
    }

    /** Where the numbers lie whose sum is the hits of a handler. */
    public int[] hits(int handler) {
        return blocks.stream()
                .filter(block -> block.handlers().contains(handler))
                .flatMapToInt(block -> rows(block, block.hits(handler)))
                .toArray();
    }

    /** Where the numbers lie whose sum is what a handler lost. */
    public int[] lost(int handler) {
        return blocks.stream()
                .filter(block -> block.handlers().contains(handler))
                .flatMapToInt(block -> rows(block, block.lost(handler)))
                .toArray();
    }

    private IntStream rows(Block block, int offset) {
        return IntStream.range(0, cpus).map(cpu -> block.offset() + cpu * block.row() + offset);
    }
}
