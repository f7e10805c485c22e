package io.stapscope.codegen.layout;

/** Counters by reason: the only value of the array map {@link MapNames#COUNTERS} holds rows of u64, of a program on a CPU each. */
public final class CounterLayout {
    /** Bytes from one row to the next: two cache lines, what is counted often in the first. */
    public static final int ROW = 128;

    private CounterLayout() {}

    /** What is counted. */
    public enum Counter {
        HITS,
        SKIPPED_SELF,
        SKIPPED_NO_ENTRY,
        LOST_EVENTS,
        LOST_KEYS,
        LOST_UPDATES,
        READ_FAULTS,
        SOFT_ERRORS,
        /** Returns of functions that the kernel does not deliver. */
        LOST_RETURNS,
        /** Handlers begun: hits, and returns whose entry was not seen. */
        FIRED,
        /** Values fed to statistics, wherever they went. */
        UPDATES,
        /** Records submitted to the ring buffer, and those it had no room for. */
        EVENTS;

        /** Byte within a row. */
        public int offset() {
            return 8 * ordinal();
        }
    }

    public static int offset(int row, Counter counter) {
        return row * ROW + counter.offset();
    }

    public static int size(int rows) {
        return rows * ROW;
    }
}
