package io.stapscope.debuginfo.dwarf;

import java.util.ArrayList;
import java.util.List;

/** Where the code of an entry lies: in one piece or in several. */
final class RangeLists {
    /** More pieces than any function has. */
    private static final int MAX_RANGES = 1 << 12;

    private static final int END_OF_LIST = 0;
    private static final int BASE_ADDRESS_X = 1;
    private static final int START_X_END_X = 2;
    private static final int START_X_LENGTH = 3;
    private static final int OFFSET_PAIR = 4;
    private static final int BASE_ADDRESS = 5;
    private static final int START_END = 6;
    private static final int START_LENGTH = 7;

    private final Cursor list;
    private final ListContext context;
    private final List<AddressRange> found = new ArrayList<>();

    private RangeLists(Cursor list, ListContext context) {
        this.list = list;
        this.context = context;
    }

    /** The pieces of the code of the entry where a reader stands; none when it has no code. */
    static List<AddressRange> of(DieReader reader) {
        long list = reader.rangeList();
        if (list >= 0) {
            var unit = reader.unit();
            return unit.version() >= 5
                    ? read5(new Cursor(unit.sections().rnglists(), ".debug_rnglists").at(list), unit.lists())
                    : read4(new Cursor(unit.sections().ranges(), ".debug_ranges").at(list), unit.lists());
        }
        if (!reader.has(DwarfAttribute.LOW_PC)) {
            return List.of();
        }
        long low = reader.address(DwarfAttribute.LOW_PC);
        var range = new AddressRange(low, reader.highPc(low));
        return isCode(range) ? List.of(range) : List.of();
    }

    /** Ranges of DWARF 2 to 4. @param list {@code .debug_ranges} at the offset of the list */
    static List<AddressRange> read4(Cursor list, ListContext context) {
        var lists = new RangeLists(list, context);
        lists.readOld();
        return List.copyOf(lists.found);
    }

    /** Ranges of DWARF 5. @param list {@code .debug_rnglists} at the offset of the list */
    static List<AddressRange> read5(Cursor list, ListContext context) {
        var lists = new RangeLists(list, context);
        lists.readNew();
        return List.copyOf(lists.found);
    }

    private void readOld() {
        int size = context.addressSize();
        long base = context.base();
        while (true) {
            long start = list.unsigned(size);
            long end = list.unsigned(size);
            if (start == 0 && end == 0) {
                return;
            }
            if (start == context.largestAddress()) {
                base = end;
            } else {
                add(base + start, base + end);
            }
        }
    }

    private void readNew() {
        int size = context.addressSize();
        long base = context.base();
        while (true) {
            int kind = list.u8();
            switch (kind) {
                case END_OF_LIST -> {
                    return;
                }
                case BASE_ADDRESS_X -> base = indexed();
                case BASE_ADDRESS -> base = list.unsigned(size);
                case START_X_END_X -> add(indexed(), indexed());
                case START_X_LENGTH -> addLength(indexed(), list.uleb());
                case OFFSET_PAIR -> add(base + list.uleb(), base + list.uleb());
                case START_END -> add(list.unsigned(size), list.unsigned(size));
                case START_LENGTH -> addLength(list.unsigned(size), list.uleb());
                default ->
                    throw new DwarfFormatException("a list of " + list.section() + " has an entry of kind " + kind);
            }
        }
    }

    private long indexed() {
        return context.indexed().applyAsLong(list.uleb());
    }

    private void addLength(long start, long length) {
        add(start, start + length);
    }

    private void add(long start, long end) {
        if (found.size() >= MAX_RANGES) {
            throw new DwarfFormatException("code in more than " + MAX_RANGES + " pieces");
        }
        var range = new AddressRange(start, end);
        if (isCode(range)) {
            found.add(range);
        }
    }

    /** Linkers leave 0, 1 or -1 where they dropped a function that several files had. */
    private static boolean isCode(AddressRange range) {
        return !range.isEmpty() && Long.compareUnsigned(range.start(), 1) > 0;
    }
}
