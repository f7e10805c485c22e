package io.stapscope.debuginfo.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.debuginfo.machine.Instructions.Convention;
import io.stapscope.debuginfo.machine.Instructions.Kept;
import io.stapscope.debuginfo.machine.Instructions.Part;
import io.stapscope.debuginfo.machine.Instructions.Sight;
import io.stapscope.debuginfo.machine.Instructions.Spot;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The probe looks at rdi, DWARF's register 5; the place that it could go to is the no-op at the end. */
class X86ValuesTest {
    private static final int RDI = 5;
    private static final Sight WHOLE = new Sight(1 << RDI, false);
    private static final Sight HALF = new Sight(0, 1 << RDI, false);

    private static ByteBuffer code(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    private static Spot spot(Sight sight, String hex) {
        var code = code(hex);
        return new X86Instructions().cheapestEntry(code, List.of(new Part(0, code.limit())), Convention.C, sight);
    }

    private static void isFound(Sight sight, String hex, Kept... kept) {
        var padded = hex + " 90 c3";
        assertThat(spot(sight, padded)).isEqualTo(new Spot(hex.replace(" ", "").length() / 2, List.of(kept)));
    }

    private static void isLost(Sight sight, String hex) {
        assertThat(spot(sight, hex + " 90 c3")).isEqualTo(new Spot(0, List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "mov %rdi %r10,                                4989fa 31ff, 10, 0, 0",
        "mov %rdi %rbx; the other encoding,            488bdf 31ff, 3, 0, 0",
        "copied on; the first copy overwritten,        4989fa 4d89d3 31ff 4531d2, 11, 0, 0",
        "add $8 %r10,                                  4989fa 4983c208 31ff, 10, -8, 0",
        "sub $-128 %rdi,                               4883ef80, 5, -128, 0",
        "lea 8(%rdi) %rdi,                             488d7f08, 5, -8, 0",
        "inc %rdi; dec %rdi; inc %rdi,                 48ffc7 48ffcf 48ffc7, 5, -1, 0",
        "sub $24 %rsp; mov %rdi 8(%rsp),               4883ec18 48897c2408 31ff, 7, 8, 8",
        "stored; then sub $24 %rsp,                    48897c24f8 4883ec18 31ff, 7, 16, 8",
        "mov %rsp %rbp; and $-32 %rsp; stored by %rbp, 4889e5 4883e4e0 48897df0 31ff, 6, -16, 8",
        "something is stored above it,                 48897c24f0 c64424f801 31ff, 7, -16, 8",
        "stored; loaded to %rax; overwritten,          48897c24f8 488b4424f8 48c74424f800000000 31ff, 0, 0, 0",
    })
    void findsWhereTheValueIs(String what, String hex, int in, long offset, int bytes) {
        isFound(WHOLE, hex, new Kept(RDI, in, offset, bytes));
    }

    @ParameterizedTest
    @CsvSource({
        "cleared,                                      31ff",
        "the copy overwritten,                         4989fa 31ff 4531d2",
        "a byte of the copy overwritten,               4989fa 31ff 41b201",
        "a half of the copy overwritten,               4989fa 31ff 6641ba0100",
        "only 32 bits copied,                          4189fa 31ff",
        "only 16 bits copied,                          664189fa 31ff",
        "lea with an index,                            488d3c37",
        "shifted,                                      48c1e703",
        "masked,                                       4883e7f0",
        "xchg %rdi %rsi,                               4887fe",
        "cmov %rax %r10 over the copy,                 4989fa 31ff 4c0f44d0",
        "stored; the stack pointer aligned,            4883ec18 48897c2408 4883e4e0 31ff",
        "only four bytes stored,                       897c24fc 31ff",
        "a byte of what was stored overwritten,        48897c24f8 c64424fb01 31ff",
        "stored; perhaps overwritten by a pointer,     48897c24f8 488906 31ff",
        "stored; perhaps overwritten by an index,      48897c24f8 4889043c 31ff",
        "stored; sixteen bytes below it overwritten,   48897c24f8 0f114424f0 31ff",
        "stored in another thread's segment,           6448897c24f8 31ff",
        "loaded from elsewhere,                        48897c24f8 488b7c24f0 4831c0 48c74424f800000000",
    })
    void staysBeforeWhatLosesIt(String what, String hex) {
        isLost(WHOLE, hex);
    }

    @ParameterizedTest
    @CsvSource({
        "movslq %edi %rdi,            4863ff, 5, 0, 0",
        "mov %edi %edi,               89ff, 5, 0, 0",
        "mov %edi %r10d,              4189fa 31ff, 10, 0, 0",
        "movslq %edi %r10,            4c63d7 31ff, 10, 0, 0",
        "mov %edi %eax; cltq,         89f8 4898 31ff, 0, 0, 0",
        "lea 8(%rdi) %edi,            8d7f08, 5, -8, 0",
        "add $100 %edi,               83c764, 5, -100, 0",
        "mov %edi -4(%rsp),           897c24fc 31ff, 7, -4, 4",
        "eight bytes stored,          48897c24f8 31ff, 7, -8, 8",
    })
    void lowerHalvesAreFoundWhereTheyAre(String what, String hex, int in, long offset, int bytes) {
        var kept = new Kept(RDI, in, offset, bytes);
        if (kept.isInPlace()) {
            isFound(HALF, hex);
        } else {
            isFound(HALF, hex, kept);
        }
        if (bytes < Long.BYTES) {
            isLost(WHOLE, hex);
            isLost(new Sight(1 << RDI, 1 << RDI, false), hex);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "movzbl %dil %edi,            400fb6ff",
        "movswl %di %edi,             0fbfff",
        "mov $1 %dil,                 40b701",
        "mov %edi %eax; cwtl,         89f8 98 31ff",
        "a short address,             678d7f08",
        "two bytes stored,            66897c24fe 31ff",
        "one of four overwritten,     897c24fc c64424fd01 31ff",
    })
    void narrowerPartsAreNot(String what, String hex) {
        isLost(HALF, hex);
    }

    @Test
    void registersThatChangePlacesAreEachFound() {
        var both = new Sight(1 << 5 | 1 << 4, false);

        isFound(both, "4989fa 4889f7 4c89d6 4531d2", new Kept(4, 5, 0, 0), new Kept(5, 4, 0, 0));
        isLost(both, "4889f7");
        isFound(new Sight(1 << 4, false), "4889f7");
    }

    @Test
    void nothingIsFollowedBehindACall() {
        // The call is cheap itself; what it leaves in registers nobody knows.
        assertThat(spot(WHOLE, "4989fa e800000000 31ff 90 c3")).isEqualTo(new Spot(3, List.of()));
        assertThat(spot(WHOLE, "4989fa 31ff e800000000 90 c3"))
                .isEqualTo(new Spot(5, List.of(new Kept(RDI, 10, 0, 0))));
    }

    @Test
    void staysWhereTheFunctionJumpsBetween() {
        assertThat(spot(WHOLE, "4989fa 31ff 90 ebf8").position())
                .as("back to the beginning")
                .isEqualTo(5);
        assertThat(spot(WHOLE, "4989fa 31ff 90 ebfb").position())
                .as("behind the copy")
                .isZero();
        assertThat(spot(WHOLE, "4989fa 31ff 90 ebfd").position())
                .as("to the place itself")
                .isZero();
    }

    @Test
    void theStackPointerAndWhatIsLookedAtAsAWholeStay() {
        assertThat(spot(new Sight(1 << 7, false), "4883ec08 90 c3").position()).isZero();
        assertThat(spot(new Sight(1 << 7 | 1 << RDI, false), "4889fb 31ff 90 c3")
                        .kept())
                .containsExactly(new Kept(RDI, 3, 0, 0));
        assertThat(spot(Sight.EVERYTHING, "4989fb 31ff 90 c3").position()).isZero();
    }

    @Test
    void aPlaceWhereSomethingMustBeLookedForIsNotLikeTheEntry() {
        var code = code("4989fa 31ff 90 c3");
        var parts = List.of(new Part(0, code.limit()));
        var x86 = new X86Instructions();

        assertThat(x86.isLikeEntry(code, parts, 5, Convention.C, WHOLE)).isFalse();
        assertThat(x86.isLikeEntry(code, parts, 3, Convention.C, WHOLE)).isTrue();
    }
}
