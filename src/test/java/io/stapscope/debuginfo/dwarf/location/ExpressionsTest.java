package io.stapscope.debuginfo.dwarf.location;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.debuginfo.value.Location;
import io.stapscope.debuginfo.value.Value;
import io.stapscope.debuginfo.value.Value.Operator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExpressionsTest {
    private static final Value STACK = new Value.Register(7);

    /** A function whose frame base is its canonical frame address, which is {@code rsp + 16}. */
    private record Function(boolean atEntry) implements ExpressionContext {
        @Override
        public int addressSize() {
            return 8;
        }

        @Override
        public int offsetSize() {
            return 4;
        }

        @Override
        public Location frameBase() {
            return canonicalFrame();
        }

        @Override
        public Location canonicalFrame() {
            return new Location.Computed(Value.plus(STACK, 16));
        }

        @Override
        public OptionalLong indexedAddress(long index) {
            return index == 3 ? OptionalLong.of(0x4000) : OptionalLong.empty();
        }
    }

    private static ByteBuffer code(int... code) {
        var bytes = ByteBuffer.allocate(code.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int each : code) {
            bytes.put((byte) each);
        }
        return bytes.flip();
    }

    private static Location location(int... code) {
        return Expressions.location(code(code), new Function(false));
    }

    private static Location memory(Value address) {
        return new Location.Memory(address);
    }

    private static Location computed(Value value) {
        return new Location.Computed(value);
    }

    @Test
    void anObjectIsInARegisterOrInMemoryAtAnOffsetOfOne() {
        assertThat(location(0x55)).isEqualTo(computed(new Value.Register(5)));
        assertThat(location(0x90, 0x21)).isEqualTo(computed(new Value.Register(33)));
        assertThat(location(0x76, 0x6c)).isEqualTo(memory(Value.plus(new Value.Register(6), -20)));
        assertThat(location(0x92, 0x06, 0x00)).isEqualTo(memory(new Value.Register(6)));
    }

    @Test
    void offsetsFromTheFrameAreAddedToOne() {
        assertThat(location(0x91, 0x6c)).isEqualTo(memory(Value.plus(STACK, -4)));
        assertThat(location(0x9c, 0x23, 0x10)).isEqualTo(memory(Value.plus(STACK, 32)));
        assertThat(location(0x91, 0x70)).isEqualTo(memory(STACK));
    }

    @Test
    void addressesOfTheProgramAreRelocated() {
        assertThat(location(0x03, 0x10, 0x20, 0, 0, 0, 0, 0, 0)).isEqualTo(memory(new Value.Relocated(0x2010)));
        assertThat(location(0xa1, 3)).isEqualTo(memory(new Value.Relocated(0x4000)));
        assertThat(location(0xa1, 4)).isEqualTo(new Location.Missing("its location names an address that is missing"));
        assertThat(location(0x0e, 8, 0, 0, 0, 0, 0, 0, 0, 0xe0)).isEqualTo(memory(new Value.ThreadLocal(8)));
    }

    @Test
    void valuesAreComputedAndConstantsFolded() {
        assertThat(location(0x31, 0x23, 0x04, 0x9f)).isEqualTo(computed(new Value.Constant(5)));
        assertThat(location(0x73, 0, 0x09, 0xfe, 0x1a, 0x9f))
                .isEqualTo(computed(new Value.Binary(Operator.AND, new Value.Register(3), new Value.Constant(-2))));
        assertThat(location(0x73, 8, 0x06, 0x94, 4, 0x1f, 0x9f))
                .isEqualTo(computed(new Value.Unary(
                        Operator.NEGATE,
                        new Value.Dereference(new Value.Dereference(Value.plus(new Value.Register(3), 8), 8), 4))));
        assertThat(location(0x31, 0x30, 0x1b, 0x9f))
                .isEqualTo(computed(new Value.Binary(Operator.DIVIDE, new Value.Constant(1), new Value.Constant(0))));
    }

    @Test
    void theStackIsArrangedAsTheStandardSays() {
        // 1 2 3 rot -> 3 1 2, of which minus leaves 3 and 1 - 2.
        assertThat(location(0x31, 0x32, 0x33, 0x17, 0x1c, 0x9f)).isEqualTo(computed(new Value.Constant(-1)));
        assertThat(location(0x31, 0x35, 0x16, 0x1c, 0x9f)).isEqualTo(computed(new Value.Constant(4)));
        assertThat(location(0x31, 0x35, 0x14, 0x22, 0x9f)).isEqualTo(computed(new Value.Constant(6)));
        assertThat(location(0x31, 0x35, 0x15, 1, 0x12, 0x22, 0x9f)).isEqualTo(computed(new Value.Constant(2)));
        assertThat(location(0x16)).isInstanceOf(Location.Missing.class);
    }

    @Test
    void partsFollowEachOtherAndSomeAreNowhere() {
        assertThat(location(0x55, 0x93, 4, 0x93, 4, 0x91, 0, 0x93, 8))
                .isEqualTo(new Location.Pieces(List.of(
                        new Location.Piece(computed(new Value.Register(5)), 4),
                        new Location.Piece(Location.OPTIMISED_OUT, 4),
                        new Location.Piece(memory(Value.plus(STACK, 16)), 8))));
        assertThat(location(0x93, 8)).isEqualTo(Location.OPTIMISED_OUT);
        assertThat(location()).isEqualTo(Location.OPTIMISED_OUT);
        assertThat(location(0x55, 0x9d, 3, 0)).isInstanceOf(Location.Missing.class);
    }

    @Test
    void aKnownValueIsGivenByItsBytes() {
        assertThat(location(0x9e, 2, 0x34, 0x12)).isEqualTo(computed(new Value.Constant(0x1234)));
    }

    @Test
    void theValueAtTheEntryIsKnownOnlyThere() {
        var parameter = code(0xa3, 1, 0x55, 0x9f);
        assertThat(Expressions.location(parameter, new Function(true))).isEqualTo(computed(new Value.Register(5)));
        assertThat(Expressions.location(parameter, new Function(false)))
                .isEqualTo(new Location.Missing("it needs the value at the entry"));
        assertThat(Expressions.location(code(0xf3, 3, 0xf3, 1, 0x55, 0x9f), new Function(true)))
                .isInstanceOf(Location.Missing.class);
    }

    @Test
    void whatATracerCannotCarryIsToldByName() {
        assertThat(location(0x30, 0x28, 0, 0)).isEqualTo(new Location.Missing("its location needs DW_OP_bra"));
        assertThat(location(0x70, 0, 0xa8, 5)).isEqualTo(new Location.Missing("its location needs DW_OP_convert"));
        assertThat(location(0xa0, 1, 0, 0, 0, 0))
                .isEqualTo(new Location.Missing("it points to something that the compiler has optimised out"));
        assertThat(location(0xff)).isEqualTo(new Location.Missing("its location needs operation 0xff"));
    }

    @Test
    void copiesOfCopiesAreBounded() {
        var doubling = new int[400];
        doubling[0] = 0x70;
        for (int i = 2; i < doubling.length; i += 2) {
            doubling[i] = 0x12;
            doubling[i + 1] = 0x22;
        }
        assertThat(location(doubling)).isEqualTo(new Location.Missing("its location is too long"));
    }

    @Test
    void anyBytesAreAnswered() {
        var random = new Random(4);
        var bytes = new byte[24];
        for (int i = 0; i < 20_000; i++) {
            random.nextBytes(bytes);
            var code = ByteBuffer.wrap(bytes, 0, random.nextInt(bytes.length)).slice();
            assertThat(Expressions.location(code.order(ByteOrder.LITTLE_ENDIAN), new Function(true)))
                    .isNotNull();
        }
    }
}
