package io.stapscope.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionOrderTest {
    /** The example of the manual page of strverscmp, and kernels. */
    private static final List<List<String>> ASCENDING = List.of(
            List.of("000", "00", "01", "010", "09", "0", "1", "9", "10"),
            List.of("2.6.9", "2.6.18", "2.6.32-71", "2.6.32-431", "3.10", "4.8", "4.18.0", "5.4", "6.1", "6.18.44"),
            List.of("6.18", "6.18-rc1", "6.18.0", "6.18.44"),
            List.of("", "a", "a1", "a2", "a10", "b"));

    @Test
    void versionsAreOrderedAsTheCLibraryOrdersThem() {
        for (var versions : ASCENDING) {
            for (int i = 0; i < versions.size(); i++) {
                for (int j = 0; j < versions.size(); j++) {
                    assertThat(Integer.signum(VersionOrder.compare(versions.get(i), versions.get(j))))
                            .as(versions.get(i) + " and " + versions.get(j))
                            .isEqualTo(Integer.compare(i, j));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "*, x, true",
        "'', '', true",
        "'', x, false",
        "a*c, abbc, true",
        "a*c, abcd, false",
        "a**c, ac, true",
        "?, a, true",
        "?, '', false",
        "[ab]x, bx, true",
        "[!ab]x, bx, false",
        "[a-c]x, bx, true",
        "[x, [x, true",
        "*a*b*, xaybz, true",
    })
    void wildcardsMatchAsFileNamesDo(String pattern, String text, boolean matches) {
        assertThat(Wildcard.matches(pattern, text)).isEqualTo(matches);
    }

    @Test
    void manyStarsAreMatchedSoon() {
        assertThat(Wildcard.matches("*a".repeat(5_000) + "b", "a".repeat(200))).isFalse();
    }
}
