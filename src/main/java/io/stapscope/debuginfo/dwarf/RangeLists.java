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

    private final Unit unit;
    private final List<AddressRange> found = new ArrayList<>();

    private RangeLists(Unit unit) {
        this.unit = unit;
    }

    /** The pieces of the code of the entry where a reader stands; none when it has no code. */
    static List<AddressRange> of(DieReader reader) {
        long list = reader.rangeList();
        if (list >= 0) {
            var lists = new RangeLists(reader.unit());
            if (reader.unit().version() >= 5) {
                lists.readNew(list);
            } else {
                lists.readOld(list);
            }
            return List.copyOf(lists.found);
        }
        if (!reader.has(DwarfAttribute.LOW_PC)) {
            return List.of();
        }
        long low = reader.address(DwarfAttribute.LOW_PC);
        var range = new AddressRange(low, reader.highPc(low));
        return isCode(range) ? List.of(range) : List.of();
    }

    private void readOld(long offset) {
        var cursor = new Cursor(unit.sections().ranges(), ".debug_ranges");
        cursor.seek(offset);
        int size = unit.addressSize();
        long highest = size == Long.BYTES ? -1L : 0xffff_ffffL;
        long base = unit.lowPc();
        while (true) {
            long start = cursor.unsigned(size);
            long end = cursor.unsigned(size);
            if (start == 0 && end == 0) {
                return;
            }
            if (start == highest) {
                base = end;
            } else {
                add(base + start, base + end);
            }
        }
    }

    private void readNew(long offset) {
        var cursor = new Cursor(unit.sections().rnglists(), ".debug_rnglists");
        cursor.seek(offset);
        int size = unit.addressSize();
        long base = unit.lowPc();
        while (true) {
            int kind = cursor.u8();
            switch (kind) {
                case END_OF_LIST -> {
                    return;
                }
                case BASE_ADDRESS_X -> base = unit.indexedAddress(cursor.uleb());
                case BASE_ADDRESS -> base = cursor.unsigned(size);
                case START_X_END_X -> add(unit.indexedAddress(cursor.uleb()), unit.indexedAddress(cursor.uleb()));
                case START_X_LENGTH -> addLength(unit.indexedAddress(cursor.uleb()), cursor.uleb());
                case OFFSET_PAIR -> add(base + cursor.uleb(), base + cursor.uleb());
                case START_END -> add(cursor.unsigned(size), cursor.unsigned(size));
                case START_LENGTH -> addLength(cursor.unsigned(size), cursor.uleb());
                default -> throw new DwarfFormatException("a list of .debug_rnglists has the unknown kind " + kind);
            }
        }
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
