package io.stapscope.debuginfo.dwarf.line;

import io.stapscope.debuginfo.dwarf.DwarfFormatException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Rows in arrays, by address. Sequences (runs of rows that belong together) follow each other; each closes with a row that is no code. */
final class LineRows {
    private static final int MOST = 1 << 22;
    private static final int STATEMENT = 1;
    private static final int PROLOGUE_END = 2;
    private static final int END = 4;

    private long[] addresses = new long[64];
    private int[] files = new int[64];
    private int[] lines = new int[64];
    private byte[] flags = new byte[64];
    private int size;
    private int sequenceStart;
    private boolean isSorted = true;
    private final List<Sequence> sequences = new ArrayList<>();

    /** @param last index of the row that closes it */
    private record Sequence(int first, int last, long start, long end) {}

    void add(long address, int file, int line, boolean isStatement, boolean endsPrologue) {
        append(address, file, line, (isStatement ? STATEMENT : 0) | (endsPrologue ? PROLOGUE_END : 0));
    }

    private void append(long address, int file, int line, int flag) {
        if (size == MOST) {
            throw new DwarfFormatException("a line table has too many rows");
        }
        if (size == addresses.length) {
            grow(size * 2);
        }
        isSorted &= size == sequenceStart || Long.compareUnsigned(addresses[size - 1], address) <= 0;
        addresses[size] = address;
        files[size] = file;
        lines[size] = line;
        flags[size] = (byte) flag;
        size++;
    }

    private void grow(int capacity) {
        addresses = Arrays.copyOf(addresses, capacity);
        files = Arrays.copyOf(files, capacity);
        lines = Arrays.copyOf(lines, capacity);
        flags = Arrays.copyOf(flags, capacity);
    }

    /** Closes a sequence. One of no code is left out, as is one at 0 and at -1: its function was left out by the linker. */
    void end(long address) {
        append(address, 0, 0, END);
        if (!isSorted) {
            arrange(sequenceStart, size);
        }
        long start = addresses[sequenceStart];
        boolean isCode =
                start != 0 && start != -1 && start != -2 && Long.compareUnsigned(start, addresses[size - 1]) < 0;
        if (isCode) {
            sequences.add(new Sequence(sequenceStart, size - 1, start, addresses[size - 1]));
        } else {
            size = sequenceStart;
        }
        sequenceStart = size;
        isSorted = true;
    }

    /** Puts the sequences in order; rows without an end are dropped. */
    void finish() {
        size = sequenceStart;
        var ordered = new ArrayList<>(sequences);
        ordered.sort((one, other) -> Long.compareUnsigned(one.start(), other.start()));
        if (!ordered.equals(sequences)) {
            move(ordered.stream()
                    .flatMapToInt(each -> IntStream.rangeClosed(each.first(), each.last()))
                    .toArray());
            sequences.clear();
            int first = 0;
            for (var each : ordered) {
                int last = first + each.last() - each.first();
                sequences.add(new Sequence(first, last, each.start(), each.end()));
                first = last + 1;
            }
        }
        grow(Math.max(1, size));
    }

    private void arrange(int from, int to) {
        var order = new Integer[to - from];
        Arrays.setAll(order, i -> from + i);
        Arrays.sort(order, Comparator.comparing(index -> addresses[index], Long::compareUnsigned));
        var whole = new int[to];
        Arrays.setAll(whole, i -> i < from ? i : order[i - from]);
        move(whole);
        flags[to - 1] |= END;
        for (int i = from; i < to - 1; i++) {
            flags[i] &= ~END;
        }
    }

    private void move(int[] order) {
        addresses = Arrays.stream(order).mapToLong(index -> addresses[index]).toArray();
        files = Arrays.stream(order).map(index -> files[index]).toArray();
        lines = Arrays.stream(order).map(index -> lines[index]).toArray();
        var moved = new byte[order.length];
        for (int i = 0; i < order.length; i++) {
            moved[i] = flags[order[i]];
        }
        flags = moved;
    }

    /** Index of the row that an address belongs to; of several of one address the last. -1 when there is none. */
    int at(long address) {
        // Sequences of damaged and of merged programs can overlap: of those that hold the address
        // the last one is the narrowest.
        for (int i = sequenceAt(address); i >= 0; i--) {
            var sequence = sequences.get(i);
            if (Long.compareUnsigned(address, sequence.end()) < 0) {
                return within(sequence, address);
            }
            if (i > 0 && Long.compareUnsigned(sequences.get(i - 1).end(), sequence.start()) <= 0) {
                return -1;
            }
        }
        return -1;
    }

    private int sequenceAt(long address) {
        int low = 0;
        int high = sequences.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(sequences.get(middle).start(), address) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    private int within(Sequence sequence, long address) {
        int low = sequence.first();
        int high = sequence.last();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(addresses[middle], address) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    int size() {
        return size;
    }

    long address(int index) {
        return addresses[index];
    }

    int file(int index) {
        return files[index];
    }

    int line(int index) {
        return lines[index];
    }

    boolean isStatement(int index) {
        return (flags[index] & STATEMENT) != 0;
    }

    boolean endsPrologue(int index) {
        return (flags[index] & PROLOGUE_END) != 0;
    }

    boolean isEnd(int index) {
        return (flags[index] & END) != 0;
    }
}
