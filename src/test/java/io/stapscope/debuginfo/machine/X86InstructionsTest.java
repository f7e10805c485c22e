package io.stapscope.debuginfo.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stapscope.debuginfo.machine.Instructions.Convention;
import io.stapscope.debuginfo.machine.Instructions.Part;
import io.stapscope.debuginfo.machine.Instructions.Sight;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class X86InstructionsTest {
    private static final Instructions X86 = new X86Instructions();

    /** Only the stack pointer. */
    private static final Sight RETURN_ADDRESS = new Sight(1 << 7, false);

    private static ByteBuffer code(String... hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(String.join("", hex).replace(" ", "")));
    }

    private static int length(ByteBuffer code) {
        return new X86Decoder(code).decode(0).length();
    }

    private static int cheapest(Sight sight, String... hex) {
        var code = code(hex);
        return X86.cheapestEntry(code, List.of(new Part(0, code.limit())), Convention.C, sight)
                .position();
    }

    /** One instruction in each line, as a disassembler has cut system libraries up. */
    @Test
    void findsTheLengthsThatADisassemblerFinds() throws IOException {
        try (var in = X86InstructionsTest.class.getResourceAsStream("/machine/x86-64-encodings.txt")) {
            assertThat(in).isNotNull();
            var lines = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1)
                    .lines()
                    .toList();

            assertThat(lines).hasSizeGreaterThan(3_000);
            assertThat(lines).allSatisfy(line -> {
                var padded = code(line, "00".repeat(16));
                assertThat(length(padded)).isEqualTo(line.length() / 2);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "06",
                "0e",
                "27",
                "37",
                "60",
                "82c000",
                "9a",
                "ce",
                "d4",
                "ea",
                "0f04",
                "0f0a",
                "0f24",
                "0f3800",
                "0f3b",
                "0f7a",
                "8dc0",
                "c7c800000000",
                "fed0",
                "fff8",
                "660fbac000",
                "66e800000000",
                "48c5f8"
            })
    void refusesWhatIsNoInstruction(String hex) {
        // 0f 38 00 needs a ModRM byte, which is missing here.
        assertThatThrownBy(() -> length(code(hex))).isInstanceOf(MachineFormatException.class);
    }

    @Test
    void neverReadsMoreThanFifteenBytesNorBehindTheCode() {
        assertThatThrownBy(() -> length(code("66".repeat(20)))).hasMessageContaining("15 bytes");
        assertThatThrownBy(() -> length(code("48b81122"))).hasMessageContaining("cut off");
        assertThatThrownBy(() -> X86.treatment(code("90"), 1)).isInstanceOf(MachineFormatException.class);
        assertThatThrownBy(() -> X86.treatment(code("90"), -1)).isInstanceOf(MachineFormatException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "0f1f440000,CALL",
        "90,EMULATED",
        "6690,EMULATED",
        "55,EMULATED",
        "4154,EMULATED",
        "eb00,EMULATED",
        "e900000000,EMULATED",
        "e800000000,EMULATED",
        "7400,EMULATED",
        "0f8400000000,EMULATED",
        "4155,EMULATED",
        "4855,SINGLE_STEP",
        "f30f1efa,SINGLE_STEP",
        "c3,SINGLE_STEP",
        "4883ec08,SINGLE_STEP",
        "64488b042528000000,SINGLE_STEP",
        "0f1f4000,SINGLE_STEP",
        "cc,REFUSED",
        "f4,REFUSED",
        "cd80,REFUSED",
        "cf,REFUSED",
        "e460,REFUSED",
        "ec,REFUSED",
        "6c,REFUSED",
        "fa,REFUSED",
        "f0480107,REFUSED",
        "3effe0,REFUSED",
        "662e0f1f840000000000,REFUSED",
        "8ed0,REFUSED",
        "0f05,REFUSED",
        "0f0b,REFUSED",
        "0f34,REFUSED",
        "c5f9efc0,REFUSED",
        "62f27d287ac6, REFUSED",
        "c5f877, REFUSED",
        "c5f9ebc0, REFUSED",
        "c5f958c0,SINGLE_STEP"
    })
    void knowsHowTheKernelTreatsAnInstruction(String hex, Treatment expected) {
        assertThat(X86.treatment(code(hex), 0)).isEqualTo(expected);
    }

    @Test
    void knowsWhereInstructionsBegin() {
        var code = code("f30f1efa 55 4889e5 c3");

        assertThat(X86.boundaries(code, 0, code.limit()).stream()).containsExactly(0, 4, 5, 8);
        assertThat(X86.isBoundary(code, 0, 5)).isTrue();
        assertThat(X86.isBoundary(code, 0, 6)).isFalse();
        assertThat(X86.isBoundary(code, 0, 9)).isFalse();
    }

    @Test
    void movesOverWhatChangesNoArgument() {
        assertThat(cheapest(Sight.EVERYTHING, "f30f1efa", "55", "c3")).isEqualTo(4);
        assertThat(cheapest(Sight.EVERYTHING, "85ff", "7401", "90", "c3")).isEqualTo(2);
        assertThat(cheapest(Sight.EVERYTHING, "f30f1efa", "8b07", "4885c0", "7401", "90c3"))
                .isEqualTo(9);
        assertThat(cheapest(Sight.EVERYTHING, "55", "c3")).isZero();
    }

    @Test
    void staysBeforeWhatAProbeCouldTell() {
        assertThat(cheapest(Sight.EVERYTHING, "31ff", "55", "c3"))
                .as("an argument changes")
                .isZero();
        assertThat(cheapest(Sight.EVERYTHING, "4883ec08", "55", "c3"))
                .as("the stack moves")
                .isZero();
        assertThat(cheapest(Sight.EVERYTHING, "8907", "55", "c3"))
                .as("memory changes")
                .isZero();
        assertThat(cheapest(Sight.EVERYTHING, "4c8d542408", "55", "c3"))
                .as("r10 changes")
                .isZero();
        assertThat(cheapest(Sight.EVERYTHING, "c3", "55"))
                .as("the function ends")
                .isZero();
        assertThat(cheapest(Sight.EVERYTHING, "ffe0", "55")).as("it jumps away").isZero();
        assertThat(cheapest(Sight.EVERYTHING, "0f05", "55", "c3"))
                .as("it calls the kernel")
                .isZero();
    }

    @Test
    void staysWhereTheFunctionJumpsBetween() {
        assertThat(cheapest(Sight.EVERYTHING, "85ff", "7402", "ebfa", "c3"))
                .as("back to the beginning")
                .isEqualTo(2);
        assertThat(cheapest(Sight.EVERYTHING, "85ff", "7402", "ebfc", "c3"))
                .as("back to the place itself")
                .isZero();
        assertThat(cheapest(Sight.EVERYTHING, "85ff", "7403", "ff24c5", "00000000"))
                .as("perhaps by a table")
                .isZero();
        assertThat(cheapest(Sight.EVERYTHING, "85ff", "7401", "06"))
                .as("nobody can read on")
                .isZero();
    }

    @Test
    void staysWhenAColdPartJumpsBetween() {
        var code = code("85ff", "7401", "c3", "c3", "cccc", "ebf8");
        var body = new Part(0, 6);

        assertThat(X86.cheapestEntry(code, List.of(body), Convention.C, Sight.EVERYTHING)
                        .position())
                .isEqualTo(2);
        assertThat(X86.cheapestEntry(code, List.of(body, new Part(8, 10)), Convention.C, Sight.EVERYTHING)
                        .position())
                .isZero();
    }

    @Test
    void staysWhereANeighbourJumpsBetween() {
        assertThat(behindNeighbour("eb02")).as("behind the first instruction").isEqualTo(2);
        assertThat(behindNeighbour("7402")).as("if a condition holds").isEqualTo(2);
        assertThat(behindNeighbour("eb00")).as("to the beginning").isEqualTo(4);
        assertThat(behindNeighbour("eb04")).as("behind the place").isEqualTo(4);
        assertThat(behindNeighbour("ffe0")).as("perhaps by a table of its own").isEqualTo(4);
        assertThat(behindNeighbour("cc06")).as("nobody can read it").isEqualTo(2);
    }

    /** Where the probe goes of a function that begins at 2 and has a cheap place at 4. */
    private static int behindNeighbour(String neighbour) {
        var code = code(neighbour, "85ff", "7401", "90", "c3");
        var parts = List.of(new Part(2, code.limit()), new Part(0, 2, true));
        return X86.cheapestEntry(code, parts, Convention.C, Sight.EVERYTHING).position();
    }

    @Test
    void aProbeThatLooksAtLessGoesFurther() {
        var changesArgument = new String[] {"31ff", "e900000000"};
        var movesStack = new String[] {"4883ec08", "e800000000", "c3"};

        assertThat(cheapest(RETURN_ADDRESS, changesArgument)).isEqualTo(2);
        assertThat(cheapest(RETURN_ADDRESS, movesStack)).isZero();
        assertThat(cheapest(Sight.NOTHING, movesStack)).isEqualTo(4);
    }

    @Test
    void anyRegisterMayBeAnArgumentInOtherConventions() {
        var code = code("31c0", "55", "c3");

        assertThat(X86.cheapestEntry(code, List.of(new Part(0, 4)), Convention.C, Sight.EVERYTHING)
                        .position())
                .isEqualTo(2);
        assertThat(X86.cheapestEntry(code, List.of(new Part(0, 4)), Convention.UNKNOWN, Sight.EVERYTHING)
                        .position())
                .isZero();
    }

    /** Looks at the registers that are named by DWARF's numbers, and at memory. */
    private static Sight sight(int... registers) {
        int found = 0;
        for (int each : registers) {
            found |= 1 << each;
        }
        return new Sight(found, true);
    }

    @Test
    void onlyTheRegistersThatAreLookedAtMatter() {
        var clearsEdi = new String[] {"31ff", "55", "c3"};
        var setsDh = new String[] {"b601", "55", "c3"};
        var setsSil = new String[] {"40b601", "55", "c3"};
        var setsR9 = new String[] {"49c7c101000000", "55", "c3"};

        assertThat(cheapest(sight(5), clearsEdi)).isZero();
        assertThat(cheapest(sight(4, 1, 2), clearsEdi)).isEqualTo(2);
        assertThat(cheapest(sight(1), setsDh)).isZero();
        assertThat(cheapest(sight(4), setsDh)).isEqualTo(2);
        assertThat(cheapest(sight(4), setsSil)).isZero();
        assertThat(cheapest(sight(9), setsR9)).isZero();
        assertThat(cheapest(sight(1), setsR9)).isEqualTo(7);
        assertThat(cheapest(sight(16), setsR9)).as("the place itself").isZero();
    }

    @Test
    void implicitRegistersCount() {
        assertThat(cheapest(sight(1), "f7e6", "55", "c3")).as("mul").isZero();
        assertThat(cheapest(sight(4), "f7e6", "55", "c3")).as("mul").isEqualTo(2);
        assertThat(cheapest(sight(1), "4899", "55", "c3")).as("cqo").isZero();
        assertThat(cheapest(sight(5), "4887fe", "55", "c3")).as("xchg").isZero();
        assertThat(cheapest(sight(4), "4887fe", "55", "c3")).as("xchg").isZero();
        assertThat(cheapest(sight(5), "660f7ec7", "55", "c3")).as("movd").isZero();
        assertThat(cheapest(sight(5), "c4e2c8f7ff", "55", "c3")).as("shlx").isZero();
    }

    @Test
    void whatIsWrittenToTheOwnFrameIsNotLookedAt() {
        var frame = new String[] {"4883ec18", "48897c2410", "90", "c3"};
        var returnAddress = new String[] {"4883ec18", "48897c2418", "90", "c3"};
        var partly = new String[] {"4883ec18", "48897c2411", "90", "c3"};
        var indexed = new String[] {"4883ec18", "48893c3c", "90", "c3"};
        var redZone = new String[] {"48897c24f8", "90", "c3"};
        var behindRedZone = new String[] {"4889bc2478ffffff", "90", "c3"};
        var pointer = new String[] {"4889e5", "48897df8", "90", "c3"};
        var otherPointer = new String[] {"48897df8", "90", "c3"};
        var unknown = new String[] {"4829fc", "48893c24", "90", "c3"};

        assertThat(cheapest(sight(5), frame)).isEqualTo(9);
        assertThat(cheapest(sight(5), returnAddress)).isZero();
        assertThat(cheapest(new Sight(1 << 5, false), returnAddress)).isEqualTo(9);
        assertThat(cheapest(sight(5), partly)).isZero();
        assertThat(cheapest(sight(5), indexed)).isZero();
        assertThat(cheapest(sight(5), redZone)).isEqualTo(5);
        assertThat(cheapest(sight(5), behindRedZone)).isZero();
        assertThat(cheapest(sight(5), pointer)).isEqualTo(7);
        assertThat(cheapest(sight(5), otherPointer)).isZero();
        assertThat(cheapest(sight(5), unknown)).isZero();
        assertThat(cheapest(sight(7), frame)).as("the stack moves").isZero();
    }

    @Test
    void tellsWhetherAPlaceIsLikeTheEntry() {
        var code = code("f30f1efa", "85ff", "4883ec08", "90", "c3");
        var parts = List.of(new Part(0, code.limit()));

        assertThat(X86.isLikeEntry(code, parts, 0, Convention.C, RETURN_ADDRESS))
                .isTrue();
        assertThat(X86.isLikeEntry(code, parts, 6, Convention.C, RETURN_ADDRESS))
                .isTrue();
        assertThat(X86.isLikeEntry(code, parts, 5, Convention.C, RETURN_ADDRESS))
                .isFalse();
        assertThat(X86.isLikeEntry(code, parts, 10, Convention.C, RETURN_ADDRESS))
                .isFalse();
        assertThat(X86.isLikeEntry(code, parts, 10, Convention.C, Sight.NOTHING))
                .isTrue();
        assertThat(X86.isLikeEntry(code, parts, 12, Convention.C, Sight.NOTHING))
                .isFalse();
    }
}
