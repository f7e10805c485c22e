package io.stapscope.interpreter.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Library functions give what SystemTap's library gives. */
class LibraryTest {
    @ParameterizedTest
    @CsvSource({
        "123,10,123",
        "-123,10,-123",
        "ff,16,255",
        "0xff,16,255",
        "0XfF,16,255",
        "-0x10,16,-16",
        "777,8,511",
        "101,2,5",
        "0x1f,0,31",
        "017,0,15",
        "19,0,19",
        "12abc,10,12",
        "'',10,0",
        "' 5',10,0",
        "+5,10,0",
        "0x,16,0",
        "08,0,0",
        "9223372036854775808,10,-9223372036854775808",
        "zz,36,0",
        "0xg,0,0"
    })
    void strtolReadsAsTheKernelDoes(String text, long base, long expected) {
        assertThat(Strings.strtol(text, base)).isEqualTo(expected);
    }

    @Test
    void tokensAreWhatStandsBetweenDelimiters() {
        var tokens = new Tokens();
        assertThat(tokens.next("a,b;;c", ",;")).isEqualTo("a");
        assertThat(tokens.next("", ",;")).isEqualTo("b");
        assertThat(tokens.next("", ",;")).isEqualTo("c");
        assertThat(tokens.next("", ",;")).isEmpty();
        assertThat(tokens.next(",x", ",")).isEqualTo("x");
        assertThat(tokens.next("new one", "")).isEqualTo("new one");
        assertThat(tokens.next("", " ")).isEmpty();
    }

    @Test
    void textIsEscapedAndCut() {
        assertThat(QuotedText.of("a\tb\"\1", 0, false, 512)).isEqualTo("a\\tb\\\"\\001");
        assertThat(QuotedText.of("abcdef", 4, false, 512)).isEqualTo("abcd");
        assertThat(QuotedText.of("abc", 0, true, 512)).isEqualTo("\"abc\"");
        assertThat(QuotedText.of("abcdefgh", 6, true, 512)).isEqualTo("\"abcd\"...");
        assertThat(QuotedText.of("\303\244", 0, false, 512)).isEqualTo("\\u00E4");
        assertThat(QuotedText.of("\377", 0, false, 512)).isEqualTo("\\377");
    }

    @Test
    void timesAreThoseOfTheManual() {
        assertThat(Times.ctime(0)).isEqualTo("Thu Jan  1 00:00:00 1970");
        assertThat(Times.ctime(741476948)).isEqualTo("Wed Jun 30 21:49:08 1993");
        assertThat(Times.ctime(-2147483648)).isEqualTo("Fri Dec 13 20:45:52 1901");
        assertThat(Times.ctime(2147483647)).isEqualTo("Tue Jan 19 03:14:07 2038");
        assertThatThrownBy(() -> Times.ctime(1L << 31)).hasMessage("Time too far in the future to be converted");
        assertThatThrownBy(() -> Times.ctime(-(1L << 31) - 1)).hasMessage("Time too far in the past to be converted");
        var berlin = ZoneId.of("Europe/Berlin");
        assertThat(Times.tzGmtoff(0, berlin)).isEqualTo(-3600);
        assertThat(Times.tzCtime(0, berlin)).isEqualTo("Thu Jan  1 01:00:00 1970 CET");
    }

    @Test
    void amountsAreShort() {
        assertThat(Times.minutes(71_234, 1000)).isEqualTo("1m11.234s");
        assertThat(Times.minutes(5, 1_000_000)).isEqualTo("0m0.000005s");
        assertThat(Times.minutes(61_000_000_007L, 1_000_000_000)).isEqualTo("1m1.000000007s");
        assertThat(Sizes.bytes(1023)).isEqualTo(" 1023");
        assertThat(Sizes.bytes(1536)).isEqualTo("1.50K");
        assertThat(Sizes.bytes(10 * 1024 + 512)).isEqualTo("10.5K");
        assertThat(Sizes.bytes(100 << 10)).isEqualTo(" 100K");
        assertThat(Sizes.bytes(3L << 20)).isEqualTo("3.00M");
        assertThat(Sizes.bytes(9L << 40)).isEqualTo("9216G");
    }

    @Test
    void floatingPointIsIeee() {
        long half = FloatingPoint.ofText("0.5");
        long three = FloatingPoint.ofLong(3);
        assertThat(FloatingPoint.toText(FloatingPoint.add(half, three), 2)).isEqualTo("3.50");
        assertThat(FloatingPoint.toText(FloatingPoint.divide(three, FloatingPoint.ofLong(8)), 3))
                .isEqualTo("0.375");
        assertThat(FloatingPoint.toText(FloatingPoint.squareRoot(FloatingPoint.ofLong(2)), 6))
                .isEqualTo("1.414214");
        assertThat(FloatingPoint.toLong(FloatingPoint.ofText("-2.5"), 0)).isEqualTo(-2);
        assertThat(FloatingPoint.toLong(FloatingPoint.ofText("-2.5"), 2)).isEqualTo(-3);
        assertThat(FloatingPoint.toLong(FloatingPoint.ofText("2.5"), 4)).isEqualTo(3);
        assertThat(FloatingPoint.less(half, three)).isEqualTo(1);
        assertThatThrownBy(() -> FloatingPoint.ofText("x")).hasMessage("invalid format");
    }

    @Test
    void addressesAndDevices() {
        assertThat(Network.ipv4(0x0100007FL)).isEqualTo("127.0.0.1");
        assertThat(Network.swap16(0x1234)).isEqualTo(0x3412);
        assertThat(Network.swap32(0x12345678)).isEqualTo(0x78563412);
        assertThat(Network.tcpState(10)).isEqualTo("LISTEN");
        assertThat(Network.tcpState(99)).isEqualTo("UNDEF");
        assertThat(Network.device(8, 1)).isEqualTo(0x800001);
        assertThat(Network.major(0x800001)).isEqualTo(8);
        assertThat(Network.minor(0x800001)).isEqualTo(1);
    }
}
