package io.stapscope.compiler.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patterns find what POSIX says: the leftmost match, of those the longest, and groups from left to right. */
class RegexTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "abc xabcy (1,4)",
                "abc ab none",
                "a* '' (0,0)",
                "a|ab abc (0,2)",
                "(a|ab)(c|bcd)(d*) abcd (0,4)(0,2)(2,3)(3,4)",
                "(ab|a)(bc|c)? abc (0,3)(0,2)(2,3)",
                "(a*)(ab)*(b*) abc (0,2)(0,1)(-1,-1)(1,2)",
                "(a*)* b (0,0)(0,0)",
                "(a*)+ aa (0,2)(0,2)",
                "(a|b)* abab (0,4)(3,4)",
                "((a)|b)* ab (0,2)(1,2)(-1,-1)",
                "x(a|ab)?y xaby (0,4)(1,3)",
                "^abc$ abc (0,3)",
                "^b ab none",
                "b$ abc none",
                "^$ '' (0,0)",
                "^$ a none",
                "(^a|b)c abcac (1,3)(1,2)",
                "a{2,3} aaaa (0,3)",
                "a{2} a none",
                "a{0} b (0,0)",
                "(ab){2,} abababx (0,6)(4,6)",
                "[^a-c]+ abcxyzc (3,6)",
                "[]a]+ x]a] (1,4)",
                "[a-]+ x-a- (1,4)",
                "[[:digit:]]+ ab123c (2,5)",
                "[[:upper:][:digit:]_]+ aB_9c (1,4)",
                "[[.a.]-c]+ xabcd (1,4)",
                "a\\.b axb none",
                "a\\.b a.b (0,3)",
                "a\\|b a|b (0,3)",
                ".+ xyz (0,3)",
                "() abc (0,0)(0,0)",
                "a||b b (0,1)",
                "(wee|week)(knights|night) weeknights (0,10)(0,3)(3,10)",
            })
    void hasTheMatchOfPosix(String pattern, String text, String expected) throws RegexException {
        var regex = Regex.compile(pattern);
        assertThat(positions(regex.match(text))).isEqualTo(expected);
        assertThat(regex.occursIn(text)).isEqualTo(!expected.equals("none"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "a(b 1",
                "ab) 2",
                "*a 0",
                "a|+ 2",
                "a[bc 1",
                "[b-a] 1",
                "[[:word:]] 3",
                "a{ 1",
                "a{2 1",
                "a{3,2} 1",
                "a{256} 2",
                "(a)\\1 3",
                "\\d 0",
                "ab\\ 2",
                "[[.ab.]] 1",
                "a{x} 1"
            })
    void tellsWhereAPatternIsWrong(String pattern, int position) {
        assertThatThrownBy(() -> Regex.compile(pattern))
                .asInstanceOf(type(RegexException.class))
                .extracting(RegexException::position)
                .isEqualTo(position);
    }

    @Test
    void refusesPatternsThatWouldNeedTooManyStates() {
        assertThatThrownBy(() -> Regex.compile("(a|b)*a(a|b){14}")).hasMessageContaining("states");
        assertThatThrownBy(() -> Regex.compile("((a{99}){99}){99}")).hasMessageContaining("intervals");
    }

    @Test
    void staysLinearWhereBacktrackingExplodes() throws RegexException {
        var text = "a".repeat(4000);
        assertThat(Regex.compile("(a*)*b").match(text)).isNull();
        assertThat(positions(Regex.compile("(a|a)*(a|aa)*$").match(text))).startsWith("(0,4000)");
    }

    @Test
    void agreesWithJavaOnWhereTheLongestMatchOfTheLeftmostLies() throws RegexException {
        var random = new Random(7);
        for (int round = 0; round < 3000; round++) {
            var pattern = pattern(random, 3);
            var text = text(random);
            var match = Regex.compile(pattern).match(text);
            assertThat(match == null ? "none" : match[0] + "," + match[1])
                    .as("%s in '%s'", pattern, text)
                    .isEqualTo(longest(Pattern.compile(pattern), text));
        }
    }

    @Test
    void agreesWithJavaOnTheGroupsOfASequence() throws RegexException {
        var random = new Random(11);
        for (int round = 0; round < 2000; round++) {
            var pattern = IntStream.rangeClosed(1, 1 + random.nextInt(4))
                    .mapToObj(_ -> "(" + atom(random) + quantifier(random) + ")")
                    .collect(Collectors.joining());
            var text = text(random);
            var match = Regex.compile(pattern).match(text);
            if (match == null) {
                continue;
            }
            var java = Pattern.compile(pattern).matcher(text).region(match[0], match[1]);
            assertThat(java.matches()).isTrue();
            var expected = new int[match.length];
            for (int group = 0; group <= java.groupCount(); group++) {
                expected[2 * group] = java.start(group);
                expected[2 * group + 1] = java.end(group);
            }
            assertThat(match).as("%s in '%s'", pattern, text).isEqualTo(expected);
        }
    }

    private static String longest(Pattern pattern, String text) {
        for (int from = 0; from <= text.length(); from++) {
            for (int to = text.length(); to >= from; to--) {
                var matcher = pattern.matcher(text).region(from, to).useAnchoringBounds(false);
                if (matcher.matches()) {
                    return from + "," + to;
                }
            }
        }
        return "none";
    }

    private static String pattern(Random random, int depth) {
        return switch (depth == 0 ? 0 : random.nextInt(7)) {
            case 0, 1 -> atom(random);
            case 2, 3 -> pattern(random, depth - 1) + pattern(random, depth - 1);
            case 4 -> "(" + pattern(random, depth - 1) + "|" + pattern(random, depth - 1) + ")";
            case 5 -> "(" + pattern(random, depth - 1) + ")" + quantifier(random);
            default -> random.nextBoolean() ? "^" + pattern(random, depth - 1) : pattern(random, depth - 1) + "$";
        };
    }

    private static String atom(Random random) {
        return new String[] {"a", "b", "c", "[ab]", "[^a]", "."}[random.nextInt(6)];
    }

    private static String quantifier(Random random) {
        return new String[] {"", "*", "+", "?", "{2}", "{1,2}"}[random.nextInt(6)];
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(8), 'a', 'd')
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static String positions(int[] match) {
        return match == null
                ? "none"
                : IntStream.range(0, match.length / 2)
                        .mapToObj(group -> "(" + match[2 * group] + "," + match[2 * group + 1] + ")")
                        .collect(Collectors.joining());
    }
}
