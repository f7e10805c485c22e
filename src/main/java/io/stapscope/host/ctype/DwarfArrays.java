package io.stapscope.host.ctype;

import io.stapscope.debuginfo.dwarf.DieReader;
import io.stapscope.debuginfo.dwarf.DwarfAttribute;
import io.stapscope.debuginfo.dwarf.DwarfTag;
import java.util.ArrayList;
import java.util.List;

/** How many elements arrays have. */
final class DwarfArrays {
    private static final int MAX_DIMENSIONS = 16;
    /** Larger ones cannot be in memory. */
    private static final long MAX_COUNT = 1L << 40;

    private DwarfArrays() {}

    /** Elements of each dimension, the outermost first; 0 where the type does not say. */
    static List<Long> counts(DieReader reader, long array) {
        var found = new ArrayList<Long>();
        reader.moveTo(array);
        boolean open = reader.hasChildren();
        while (open && found.size() < MAX_DIMENSIONS && reader.next()) {
            if (reader.tag() == DwarfTag.SUBRANGE_TYPE) {
                found.add(count(reader));
            }
            reader.skipChildren();
        }
        return found.isEmpty() ? List.of(0L) : found;
    }

    private static long count(DieReader reader) {
        long count = 0;
        if (reader.isNumber(DwarfAttribute.COUNT)) {
            count = reader.number(DwarfAttribute.COUNT, 0);
        } else if (reader.isNumber(DwarfAttribute.UPPER_BOUND)) {
            // C counts from 0; old compilers wrote -1 in four bytes for an array without a length.
            count = reader.number(DwarfAttribute.UPPER_BOUND, -1) - reader.number(DwarfAttribute.LOWER_BOUND, 0) + 1;
            count = count == 1L << 32 ? 0 : count;
        }
        return count < 0 || count > MAX_COUNT ? 0 : count;
    }
}
