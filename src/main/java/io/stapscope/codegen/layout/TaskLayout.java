package io.stapscope.codegen.layout;

import java.util.List;
import java.util.Map;

/**
 * What is kept for each task: the values a system call's return handler asked for at its entry, and the slots of
 * statistics this task fed last. Only the programs read it.
 *
 * @param entries by handler id
 * @param caches by id of the statistic
 * @param stacks of calls of functions, by handler id
 * @param elements of arrays by thread, by id of the global: s64 value, then u64 1 when it is there
 */
public record TaskLayout(
        Map<Integer, EntryBlock> entries,
        Map<Integer, Cache> caches,
        Map<Integer, FrameStack> stacks,
        Map<Integer, Integer> elements,
        int size) {
    /** Bytes of an element. */
    public static final int ELEMENT = 16;

    /** From the beginning of an element to whether it is there. */
    public static final int PRESENT = 8;

    public TaskLayout {
        entries = Map.copyOf(entries);
        caches = Map.copyOf(caches);
        stacks = Map.copyOf(stacks);
        elements = Map.copyOf(elements);
    }

    /**
     * @param valid u64: system call number + 1 between entry and return, else 0
     * @param offsets of each entry value
     */
    public record EntryBlock(int valid, List<Integer> offsets) {
        public EntryBlock {
            offsets = List.copyOf(offsets);
        }
    }

    /**
     * A direct-mapped cache: each line is the key (s64 each), then u64 slot + 1.
     *
     * @param lines a power of two
     */
    public record Cache(int offset, int keySize, int lines) {
        public int line() {
            return keySize + 8;
        }

        public int size() {
            return line() * lines;
        }
    }

    public boolean isEmpty() {
        return size == 0;
    }
}
