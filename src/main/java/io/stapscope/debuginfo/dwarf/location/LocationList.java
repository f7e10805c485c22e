package io.stapscope.debuginfo.dwarf.location;

import io.stapscope.debuginfo.dwarf.AddressRange;
import io.stapscope.debuginfo.dwarf.Cursor;
import io.stapscope.debuginfo.dwarf.DwarfFormatException;
import io.stapscope.debuginfo.dwarf.ListContext;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which expression holds where, from {@code .debug_loc} or {@code .debug_loclists}. */
public final class LocationList {
    private static final int MOST = 1 << 16;

    private static final int END_OF_LIST = 0;
    private static final int BASE_ADDRESSX = 1;
    private static final int STARTX_ENDX = 2;
    private static final int STARTX_LENGTH = 3;
    private static final int OFFSET_PAIR = 4;
    private static final int DEFAULT_LOCATION = 5;
    private static final int BASE_ADDRESS = 6;
    private static final int START_END = 7;
    private static final int START_LENGTH = 8;
    private static final int GNU_VIEW_PAIR = 9;

    private final List<Entry> entries = new ArrayList<>();
    private @Nullable ByteBuffer otherwise;

    /** @param expression that holds in the range */
    public record Entry(AddressRange range, ByteBuffer expression) {}

    private LocationList() {}

    /** A list of DWARF 2 to 4. @param list {@code .debug_loc} at the offset of the list */
    public static LocationList read4(Cursor list, ListContext context) {
        var read = new LocationList();
        long base = context.base();
        while (true) {
            long start = list.unsigned(context.addressSize());
            long end = list.unsigned(context.addressSize());
            if (start == context.largestAddress()) {
                base = end;
            } else if (start == 0 && end == 0) {
                return read;
            } else {
                read.add(base + start, base + end, list.block(list.u16()), list);
            }
        }
    }

    /** A list of DWARF 5. @param list {@code .debug_loclists} at the offset of the list */
    public static LocationList read5(Cursor list, ListContext context) {
        var read = new LocationList();
        long base = context.base();
        while (true) {
            int kind = list.u8();
            switch (kind) {
                case END_OF_LIST -> {
                    return read;
                }
                case BASE_ADDRESSX -> base = context.indexed().applyAsLong(list.uleb());
                case BASE_ADDRESS -> base = list.unsigned(context.addressSize());
                case GNU_VIEW_PAIR -> {
                    list.skipLeb();
                    list.skipLeb();
                }
                case DEFAULT_LOCATION -> read.otherwise = list.block(list.uleb());
                default -> read.addRange(kind, base, list, context);
            }
        }
    }

    private void addRange(int kind, long base, Cursor list, ListContext context) {
        long start;
        long end;
        switch (kind) {
            case STARTX_ENDX -> {
                start = context.indexed().applyAsLong(list.uleb());
                end = context.indexed().applyAsLong(list.uleb());
            }
            case STARTX_LENGTH -> {
                start = context.indexed().applyAsLong(list.uleb());
                end = start + list.uleb();
            }
            case OFFSET_PAIR -> {
                start = base + list.uleb();
                end = base + list.uleb();
            }
            case START_END -> {
                start = list.unsigned(context.addressSize());
                end = list.unsigned(context.addressSize());
            }
            case START_LENGTH -> {
                start = list.unsigned(context.addressSize());
                end = start + list.uleb();
            }
            default -> throw new DwarfFormatException("a list of " + list.section() + " has an entry of kind " + kind);
        }
        add(start, end, list.block(list.uleb()), list);
    }

    private void add(long start, long end, ByteBuffer expression, Cursor list) {
        if (entries.size() == MOST) {
            throw new DwarfFormatException("a list of " + list.section() + " is too long");
        }
        var range = new AddressRange(start, end);
        if (!range.isEmpty()) {
            entries.add(new Entry(range, expression));
        }
    }

    /** In the order of the list, without the one that holds everywhere else. */
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** The expression that holds at an address; empty where the object is nowhere. */
    public Optional<ByteBuffer> at(long address) {
        for (var entry : entries) {
            if (entry.range().holds(address)) {
                return Optional.of(entry.expression());
            }
        }
        return Optional.ofNullable(otherwise);
    }
}
