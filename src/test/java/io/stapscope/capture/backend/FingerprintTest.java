package io.stapscope.capture.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.capture.ByteText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FingerprintTest {
    private static final String SECRET = "hunter2";

    /** Literals that hold the secret, in every way PostgreSQL's scanner knows. */
    private static final List<String> LITERALS = List.of(
            "'hunter2'",
            "'it''s hunter2'",
            "'a\\'",
            "E'it\\'s hunter2'",
            "e'\\\\'",
            "B'0101'",
            "x'hunter2'",
            "N'hunter2'",
            "U&'\\0061hunter2'",
            "$$it's hunter2$$",
            "$a$ $b$ hunter2 $$ $a$",
            "'one'\n  'hunter2'",
            "42",
            "1_000.5e-3",
            ".5",
            "0x1F",
            "$1");

    /** What stands between them; each is kept as it is. */
    private static final List<String> WORDS =
            List.of("select", "t1", "\"it''s $$ -- 7\"", "a$b", "größe", "naïve_2", "e", "=", "::text", "*", "||");

    private static final List<String> GAPS =
            List.of(" ", "\n", "\t  ", " -- it's hunter2\n", "/* 'hunter2 /* $$ */ -- */", " /* a */ \r\n ");

    static Stream<Arguments> queries() {
        return Stream.of(
                Arguments.of("select 1", "select ?"),
                Arguments.of("  SELECT  *\n\tFROM t ;; ", "SELECT * FROM t"),
                Arguments.of("select 'a', E'b\\'c', 'd''e'", "select ?, ?, ?"),
                Arguments.of("select \"a'b\"\"c\" from \"t 1\"", "select \"a'b\"\"c\" from \"t 1\""),
                Arguments.of("select $$a'b$$ || $q$ $$ $q$", "select ? || ?"),
                Arguments.of("select t1.c2, a$1 from t_3 where x=$2", "select t1.c2, a$1 from t_3 where x=?"),
                Arguments.of("select -1, +2.5, 1e10, .5, 5., 0xFF", "select -?, +?, ?, ?, ?, ?"),
                Arguments.of("where a in (1, 2,3 ,  4)", "where a in (?)"),
                Arguments.of("where a IN('x','y')", "where a IN(?)"),
                Arguments.of("where f(1, 2) and a in (b, 2)", "where f(?, ?) and a in (b, ?)"),
                Arguments.of("select array[1,2,3]", "select array[?]"),
                Arguments.of(
                        "insert into t values (1, 'a'), (2, 'b'),(3, now())", "insert into t values (?, ?),(?, now())"),
                Arguments.of("select a/* b /* c */ d */from t", "select a from t"),
                Arguments.of("select a -- 'x\nfrom t", "select a from t"),
                Arguments.of("select a - -1 -> 'b' ->> 'c'", "select a - -? -> ? ->> ?"),
                Arguments.of("alter role a password 'hunter2", "alter role a password ?"),
                Arguments.of("select 1 /* hunter2", "select ?"),
                Arguments.of("select $a$ hunter2 $b$", "select ?"),
                Arguments.of("select E'hunter2\\", "select ?"),
                Arguments.of("select '{\"a\": 1}'::jsonb", "select ?::jsonb"),
                Arguments.of("for i in 1..10", "for i in ?..?"),
                Arguments.of("select $ from t", "select $ from t"),
                Arguments.of("select e from u where b'1' = x", "select e from u where ? = x"),
                Arguments.of("select 'a'\n'b', 'c' 'd'", "select ?, ? ?"),
                Arguments.of("<IDLE>", "<IDLE>"),
                Arguments.of("", ""));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void aQueryHasThisShape(String query, String shape) {
        assertThat(Fingerprint.of(query)).isEqualTo(shape);
    }

    @Test
    void noLiteralOrCommentIsLeftWhateverStandsBesideIt() {
        var random = new Random(1);
        for (int round = 0; round < 20_000; round++) {
            var query = new StringBuilder();
            var expected = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                boolean literal = random.nextBoolean();
                var word = pick(random, literal ? LITERALS : WORDS);
                query.append(word).append(pick(random, GAPS));
                expected.append(literal ? "?" : word).append(' ');
            }
            var shape = Fingerprint.of(query.toString());
            assertThat(shape.length()).isLessThanOrEqualTo(Fingerprint.LONGEST);
            // A text after a line end goes on with the text before it, and ends as that does: that is another test's.
            if (query.toString().matches("(?s).*'\\s*[\\r\\n]\\s*'.*")) {
                continue;
            }
            assertThat(shape).as(query.toString()).doesNotContain(SECRET);
            if (expected.length() <= Fingerprint.LONGEST) {
                assertThat(shape)
                        .as(query.toString())
                        .isEqualTo(expected.toString().strip());
            }
        }
    }

    @Test
    void aQueryThatWasCutAnywhereShowsNoPartOfALiteral() {
        var query =
                LITERALS.stream().map(each -> each + " /* hunter2 */").collect(Collectors.joining(", ", "select ", ""));
        for (int end = 0; end <= query.length(); end++) {
            assertThat(Fingerprint.of(query.substring(0, end))).doesNotContain("h");
        }
    }

    @Test
    void theShapeOfAShapeIsItself() {
        queries()
                .map(each -> (String) each.get()[1])
                .filter(shape -> !shape.contains("$ "))
                .forEach(shape -> assertThat(Fingerprint.of(shape)).isEqualTo(shape));
    }

    @Test
    void anyTextHasAShapeThatIsBoundedAndOneLine() {
        var random = new Random(2);
        var signs = "'\"$\\/*-eE&u(),;1 .\n\tx\u00e9\ud83d\ude00[]?";
        for (int round = 0; round < 50_000; round++) {
            var text = random.ints(random.nextInt(300), 0, signs.length())
                    .mapToObj(at -> String.valueOf(signs.charAt(at)))
                    .collect(Collectors.joining());
            var shape = Fingerprint.of(text);
            assertThat(shape.length()).isLessThanOrEqualTo(Fingerprint.LONGEST);
            assertThat(shape.replaceAll("\"[^\"]*\"?", "")).doesNotContain("\n", "\t");
        }
    }

    @Test
    void aLongQueryIsCutBetweenCharacters() {
        var shape = Fingerprint.of("select " + "\ud83d\ude00".repeat(500));
        assertThat(shape).hasSizeLessThanOrEqualTo(Fingerprint.LONGEST).endsWith("…");
        assertThat(shape.codePoints().filter(point -> point >= 0xd800 && point <= 0xdfff))
                .isEmpty();
        assertThat(Fingerprint.of("select 1 in (" + "1,".repeat(20_000) + "2)")).isEqualTo("select ? in (?)");
        assertThat(Fingerprint.of("values " + "(1, 2), ".repeat(20_000) + "(1, 2)"))
                .isEqualTo("values (?, ?)");
        var exact = "a".repeat(Fingerprint.LONGEST);
        assertThat(Fingerprint.of(exact)).isEqualTo(exact);
    }

    @Test
    void bytesThatAreNotUtf8AreShownAsSuchAndHideNothing() {
        // A quote after the first byte of a character that is not whole: still a quote.
        var bytes = "select caf\u00c3 , 'caf\u00c3' , E'\u00ff\\'' , \"\u00ff\" -- \u00fe";
        var decoded =
                ByteText.decode(new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1));
        assertThat(Fingerprint.of(decoded)).isEqualTo("select caf\\xc3 , ? , ? , \"\\xff\"");
    }

    private static String pick(Random random, List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
