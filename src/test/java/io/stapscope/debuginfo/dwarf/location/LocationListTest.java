package io.stapscope.debuginfo.dwarf.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stapscope.debuginfo.dwarf.Cursor;
import io.stapscope.debuginfo.dwarf.DwarfFormatException;
import io.stapscope.debuginfo.dwarf.ListContext;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class LocationListTest {
    private static final ListContext UNIT = new ListContext(0x1000, 4, index -> 0x5000 + index * 0x100);

    private static Cursor list(int... bytes) {
        var buffer = ByteBuffer.allocate(bytes.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int each : bytes) {
            buffer.put((byte) each);
        }
        return new Cursor(buffer.flip(), "the list");
    }

    @Test
    void theLocationIsChosenByTheAddress() {
        var old = LocationList.read4(
                list(
                        0, 0, 0, 0, 8, 0, 0, 0, 1, 0, 0x55, //
                        8, 0, 0, 0, 16, 0, 0, 0, 1, 0, 0x53, //
                        0, 0, 0, 0, 0, 0, 0, 0),
                UNIT);
        assertThat(old.at(0x1007))
                .hasValueSatisfying(code -> assertThat(code.get(0)).isEqualTo((byte) 0x55));
        assertThat(old.at(0x1008))
                .hasValueSatisfying(code -> assertThat(code.get(0)).isEqualTo((byte) 0x53));
        assertThat(old.at(0x1010)).isEmpty();

        var list = LocationList.read5(
                list(
                        9, 0, 1, 4, 0, 8, 1, 0x55, // views of the pair, then the pair
                        1, 1, 4, 0, 1, 1, 0x56, //
                        2, 2, 3, 1, 0x57, //
                        3, 4, 1, 1, 0x58, //
                        6, 0, 0x20, 0, 0, 7, 0, 0x30, 0, 0, 1, 0x30, 0, 0, 1, 0x59, //
                        8, 0, 0x40, 0, 0, 4, 1, 0x5a, //
                        5, 1, 0x5b, //
                        0),
                UNIT);
        assertThat(list.entries())
                .extracting(each -> each.range().start())
                .containsExactly(0x1000L, 0x5100L, 0x5200L, 0x5400L, 0x3000L, 0x4000L);
        assertThat(list.at(0x4003))
                .hasValueSatisfying(code -> assertThat(code.get(0)).isEqualTo((byte) 0x5a));
        assertThat(list.at(0x9999))
                .hasValueSatisfying(code -> assertThat(code.get(0)).isEqualTo((byte) 0x5b));
    }

    @Test
    void damagedListsAreRefused() {
        assertThatThrownBy(() -> LocationList.read5(list(4, 0, 1, 0x7f), UNIT))
                .isInstanceOf(DwarfFormatException.class);
    }
}
