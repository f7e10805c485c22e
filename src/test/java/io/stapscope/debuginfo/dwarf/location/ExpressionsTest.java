package io.stapscope.debuginfo.dwarf.location;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.debuginfo.dwarf.location.Term.Operator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExpressionsTest {
    private static final Term STACK = new Term.Register(7);

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
        public Storage frameBase() {
            return canonicalFrame();
        }

        @Override
        public Storage canonicalFrame() {
            return new Storage.Computed(Term.plus(STACK, 16));
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

    private static Storage storage(int... code) {
        return Expressions.storage(code(code), new Function(false));
    }

    private static Storage memory(Term address) {
        return new Storage.Memory(address);
    }

    private static Storage computed(Term value) {
        return new Storage.Computed(value);
    }

    @Test
    void anObjectIsInARegisterOrInMemoryAtAnOffsetOfOne() {
        assertThat(storage(0x55)).isEqualTo(computed(new Term.Register(5)));
        assertThat(storage(0x90, 0x21)).isEqualTo(computed(new Term.Register(33)));
        assertThat(storage(0x76, 0x6c)).isEqualTo(memory(Term.plus(new Term.Register(6), -20)));
        assertThat(storage(0x92, 0x06, 0x00)).isEqualTo(memory(new Term.Register(6)));
    }

    @Test
    void offsetsFromTheFrameAreAddedToOne() {
        assertThat(storage(0x91, 0x6c)).isEqualTo(memory(Term.plus(STACK, -4)));
        assertThat(storage(0x9c, 0x23, 0x10)).isEqualTo(memory(Term.plus(STACK, 32)));
        assertThat(storage(0x91, 0x70)).isEqualTo(memory(STACK));
    }

    @Test
    void addressesOfTheProgramAreRelocated() {
        assertThat(storage(0x03, 0x10, 0x20, 0, 0, 0, 0, 0, 0)).isEqualTo(memory(new Term.Relocated(0x2010)));
        assertThat(storage(0xa1, 3)).isEqualTo(memory(new Term.Relocated(0x4000)));
        assertThat(storage(0xa1, 4)).isEqualTo(new Storage.Missing("its location names an address that is missing"));
        assertThat(storage(0x0e, 8, 0, 0, 0, 0, 0, 0, 0, 0xe0)).isEqualTo(memory(new Term.ThreadLocal(8)));
    }

    @Test
    void valuesAreComputedAndConstantsFolded() {
        assertThat(storage(0x31, 0x23, 0x04, 0x9f)).isEqualTo(computed(new Term.Constant(5)));
        assertThat(storage(0x73, 0, 0x09, 0xfe, 0x1a, 0x9f))
                .isEqualTo(computed(new Term.Binary(Operator.AND, new Term.Register(3), new Term.Constant(-2))));
        assertThat(storage(0x73, 8, 0x06, 0x94, 4, 0x1f, 0x9f))
                .isEqualTo(computed(new Term.Unary(
                        Operator.NEGATE,
                        new Term.Dereference(new Term.Dereference(Term.plus(new Term.Register(3), 8), 8), 4))));
        assertThat(storage(0x31, 0x30, 0x1b, 0x9f))
                .isEqualTo(computed(new Term.Binary(Operator.DIVIDE, new Term.Constant(1), new Term.Constant(0))));
    }

    @Test
    void theStackIsArrangedAsTheStandardSays() {
        // 1 2 3 rot -> 3 1 2, of which minus leaves 3 and 1 - 2.
        assertThat(storage(0x31, 0x32, 0x33, 0x17, 0x1c, 0x9f)).isEqualTo(computed(new Term.Constant(-1)));
        assertThat(storage(0x31, 0x35, 0x16, 0x1c, 0x9f)).isEqualTo(computed(new Term.Constant(4)));
        assertThat(storage(0x31, 0x35, 0x14, 0x22, 0x9f)).isEqualTo(computed(new Term.Constant(6)));
        assertThat(storage(0x31, 0x35, 0x15, 1, 0x12, 0x22, 0x9f)).isEqualTo(computed(new Term.Constant(2)));
        assertThat(storage(0x16)).isInstanceOf(Storage.Missing.class);
    }

    @Test
    void partsFollowEachOtherAndSomeAreNowhere() {
        assertThat(storage(0x55, 0x93, 4, 0x93, 4, 0x91, 0, 0x93, 8))
                .isEqualTo(new Storage.Pieces(List.of(
                        new Storage.Piece(computed(new Term.Register(5)), 4),
                        new Storage.Piece(Storage.OPTIMISED_OUT, 4),
                        new Storage.Piece(memory(Term.plus(STACK, 16)), 8))));
        assertThat(storage(0x93, 8)).isEqualTo(Storage.OPTIMISED_OUT);
        assertThat(storage()).isEqualTo(Storage.OPTIMISED_OUT);
        assertThat(storage(0x55, 0x9d, 3, 0)).isInstanceOf(Storage.Missing.class);
    }

    @Test
    void aKnownValueIsGivenByItsBytes() {
        assertThat(storage(0x9e, 2, 0x34, 0x12)).isEqualTo(computed(new Term.Constant(0x1234)));
    }

    @Test
    void theValueAtTheEntryIsKnownOnlyThere() {
        var parameter = code(0xa3, 1, 0x55, 0x9f);
        assertThat(Expressions.storage(parameter, new Function(true))).isEqualTo(computed(new Term.Register(5)));
        assertThat(Expressions.storage(parameter, new Function(false)))
                .isEqualTo(new Storage.Missing("it needs the value at the entry"));
        assertThat(Expressions.storage(code(0xf3, 3, 0xf3, 1, 0x55, 0x9f), new Function(true)))
                .isInstanceOf(Storage.Missing.class);
    }

    @Test
    void whatATracerCannotCarryIsToldByName() {
        assertThat(storage(0x30, 0x28, 0, 0)).isEqualTo(new Storage.Missing("its location needs DW_OP_bra"));
        assertThat(storage(0x70, 0, 0xa8, 5)).isEqualTo(new Storage.Missing("its location needs DW_OP_convert"));
        assertThat(storage(0xa0, 1, 0, 0, 0, 0))
                .isEqualTo(new Storage.Missing("it points to something that the compiler has optimised out"));
        assertThat(storage(0xff)).isEqualTo(new Storage.Missing("its location needs operation 0xff"));
    }

    @Test
    void copiesOfCopiesAreBounded() {
        var doubling = new int[400];
        doubling[0] = 0x70;
        for (int i = 2; i < doubling.length; i += 2) {
            doubling[i] = 0x12;
            doubling[i + 1] = 0x22;
        }
        assertThat(storage(doubling)).isEqualTo(new Storage.Missing("its location is too long"));
    }

    @Test
    void anyBytesAreAnswered() {
        var random = new Random(4);
        var bytes = new byte[24];
        for (int i = 0; i < 20_000; i++) {
            random.nextBytes(bytes);
            var code = ByteBuffer.wrap(bytes, 0, random.nextInt(bytes.length)).slice();
            assertThat(Expressions.storage(code.order(ByteOrder.LITTLE_ENDIAN), new Function(true)))
                    .isNotNull();
        }
    }
}
