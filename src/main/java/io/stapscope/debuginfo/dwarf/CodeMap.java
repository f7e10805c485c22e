package io.stapscope.debuginfo.dwarf;

import java.util.stream.IntStream;

/** Which function's own code holds an address. */
final class CodeMap {
    /** More pieces of code than the largest programs have. */
    private static final int MAX_RANGES = 1 << 23;

    private final long[] starts;
    private final long[] ends;
    private final int[] functions;

    /** @param dies of all functions */
    CodeMap(DwarfFile file, LongList dies) {
        var low = new LongList();
        var high = new LongList();
        var owner = new LongList();
        var reader = file.reader();
        for (int i = 0; i < dies.size() && low.size() < MAX_RANGES; i++) {
            try {
                reader.moveTo(dies.get(i));
                for (var range : RangeLists.of(reader)) {
                    low.add(range.start());
                    high.add(range.end());
                    owner.add(i);
                }
            } catch (DwarfFormatException e) {
                // This function has no code that could be found; index and lookups by name tell why.
                continue;
            }
        }
        var order = IntStream.range(0, low.size())
                .boxed()
                .sorted((a, b) -> Long.compareUnsigned(low.get(a), low.get(b)))
                .mapToInt(Integer::intValue)
                .toArray();
        starts = IntStream.of(order).mapToLong(low::get).toArray();
        ends = IntStream.of(order).mapToLong(high::get).toArray();
        functions = IntStream.of(order).map(i -> (int) owner.get(i)).toArray();
    }

    /** Number of the function; -1 when none holds the address. */
    int find(long address) {
        int low = 0;
        int high = starts.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(starts[middle], address) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        int at = low - 1;
        return at >= 0 && Long.compareUnsigned(address, ends[at]) < 0 ? functions[at] : -1;
    }
}
