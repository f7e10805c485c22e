package io.stapscope.debuginfo.dwarf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class RangeListsTest {
    private static final ListContext UNIT = new ListContext(0x1000, 4, index -> 0x5000 + index * 0x100);

    private static Cursor list(int... bytes) {
        var buffer = ByteBuffer.allocate(bytes.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int each : bytes) {
            buffer.put((byte) each);
        }
        return new Cursor(buffer.flip(), "the list");
    }

    @Test
    void rangesOfDwarf4CountFromTheUnitOrFromANewBase() {
        var ranges = RangeLists.read4(
                list(
                        0x10, 0, 0, 0, 0x20, 0, 0, 0, // 0x1010..0x1020
                        0xff, 0xff, 0xff, 0xff, 0, 0x30, 0, 0, // base 0x3000
                        1, 0, 0, 0, 2, 0, 0, 0, //
                        5, 0, 0, 0, 5, 0, 0, 0, // empty
                        0, 0, 0, 0, 0, 0, 0, 0),
                UNIT);

        assertThat(ranges).containsExactly(new AddressRange(0x1010, 0x1020), new AddressRange(0x3001, 0x3002));
    }

    @Test
    void rangesOfDwarf5AreWrittenInSevenWays() {
        var ranges = RangeLists.read5(
                list(
                        4, 0x10, 0x20, // offsets
                        1, 1, 4, 0, 1, // base by index
                        2, 0, 1, // both by index
                        3, 2, 0x80, 1, // index and length
                        5, 0, 0x20, 0, 0, 4, 1, 2, // base
                        6, 0, 0x30, 0, 0, 1, 0x30, 0, 0, //
                        7, 0, 0x40, 0, 0, 0x10, //
                        0),
                UNIT);

        assertThat(ranges)
                .containsExactly(
                        new AddressRange(0x1010, 0x1020),
                        new AddressRange(0x5100, 0x5101),
                        new AddressRange(0x5000, 0x5100),
                        new AddressRange(0x5200, 0x5280),
                        new AddressRange(0x2001, 0x2002),
                        new AddressRange(0x3000, 0x3001),
                        new AddressRange(0x4000, 0x4010));
    }

    @Test
    void whatTheLinkerDroppedIsNoCode() {
        var ranges = RangeLists.read5(list(7, 1, 0, 0, 0, 0x10, 7, 0, 0x40, 0, 0, 0x10, 0), UNIT);

        assertThat(ranges).containsExactly(new AddressRange(0x4000, 0x4010));
    }

    @Test
    void damagedListsAreRefused() {
        assertThatThrownBy(() -> RangeLists.read5(list(9), UNIT))
                .hasMessage("a list of the list has an entry of kind 9");
        assertThatThrownBy(() -> RangeLists.read4(list(1, 0, 0, 0), UNIT)).isInstanceOf(DwarfFormatException.class);
    }
}
