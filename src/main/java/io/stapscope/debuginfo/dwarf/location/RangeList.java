package io.stapscope.debuginfo.dwarf.location;

import io.stapscope.debuginfo.dwarf.Cursor;
import io.stapscope.debuginfo.dwarf.DwarfFormatException;
import java.util.ArrayList;
import java.util.List;

/** Stretches of code that belong to one thing, from {@code .debug_ranges} or {@code .debug_rnglists}. */
public final class RangeList {
    private static final int MOST = 1 << 16;

    private static final int END_OF_LIST = 0;
    private static final int BASE_ADDRESSX = 1;
    private static final int STARTX_ENDX = 2;
    private static final int STARTX_LENGTH = 3;
    private static final int OFFSET_PAIR = 4;
    private static final int BASE_ADDRESS = 5;
    private static final int START_END = 6;
    private static final int START_LENGTH = 7;

    private RangeList() {}

    /** Ranges of DWARF 2 to 4. @param list {@code .debug_ranges} at the offset of the list */
    public static List<AddressRange> read4(Cursor list, ListContext context) {
        var ranges = new ArrayList<AddressRange>();
        long base = context.base();
        while (true) {
            long start = list.unsigned(context.addressSize());
            long end = list.unsigned(context.addressSize());
            if (start == context.largestAddress()) {
                base = end;
            } else if (start == 0 && end == 0) {
                return ranges;
            } else {
                add(ranges, base + start, base + end, list);
            }
        }
    }

    /** Ranges of DWARF 5. @param list {@code .debug_rnglists} at the offset of the list */
    public static List<AddressRange> read5(Cursor list, ListContext context) {
        var ranges = new ArrayList<AddressRange>();
        long base = context.base();
        while (true) {
            int kind = list.u8();
            switch (kind) {
                case END_OF_LIST -> {
                    return ranges;
                }
                case BASE_ADDRESSX -> base = context.indexed().applyAsLong(list.uleb());
                case STARTX_ENDX -> {
                    long start = context.indexed().applyAsLong(list.uleb());
                    add(ranges, start, context.indexed().applyAsLong(list.uleb()), list);
                }
                case STARTX_LENGTH -> {
                    long start = context.indexed().applyAsLong(list.uleb());
                    add(ranges, start, start + list.uleb(), list);
                }
                case OFFSET_PAIR -> {
                    long start = base + list.uleb();
                    add(ranges, start, base + list.uleb(), list);
                }
                case BASE_ADDRESS -> base = list.unsigned(context.addressSize());
                case START_END -> {
                    long start = list.unsigned(context.addressSize());
                    add(ranges, start, list.unsigned(context.addressSize()), list);
                }
                case START_LENGTH -> {
                    long start = list.unsigned(context.addressSize());
                    add(ranges, start, start + list.uleb(), list);
                }
                default ->
                    throw new DwarfFormatException("a list of " + list.section() + " has an entry of kind " + kind);
            }
        }
    }

    private static void add(List<AddressRange> ranges, long start, long end, Cursor list) {
        if (ranges.size() == MOST) {
            throw new DwarfFormatException("a list of " + list.section() + " is too long");
        }
        var range = new AddressRange(start, end);
        if (!range.isEmpty()) {
            ranges.add(range);
        }
    }
}
