package io.stapscope.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.source.SourceText;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LexerTest {
    private final Diagnostics diagnostics = new Diagnostics();

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a<<<b<<=c<<d<e; a <<< b <<= c << d < e",
                "a>>>b>>=c>>d>e; a >>> b >>= c >> d > e",
                "a=~b!~c!=d==e=f; a =~ b !~ c != d == e = f",
                "a+++b---c->d; a ++ + b -- - c -> d",
                "a.=b.c&&d&e||f|g|=h; a .= b . c && d & e || f | g |= h",
                "%(a%?b%:c%)d%=e%f; %( a %? b %: c %) d %= e % f",
                "$x$$->y$ $$parms$ @count(s); $x$$ -> y$ $$parms$ @count ( s )",
                "a$b _c d1 1d; a$b _c d1 1d",
                "a/*b*/c//d; a c",
                "a#b; a",
                "sys*call.**; sys * call . * *",
            })
    void theLongestOperatorIsTaken(String text, String words) {
        assertThat(texts(text)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "42, 42",
        "0x1F, 31",
        "0X1f, 31",
        "017, 15",
        "00, 0",
        "9223372036854775807, 9223372036854775807",
        "9223372036854775808, -9223372036854775808",
        "18446744073709551615, -1",
        "0xFFFFFFFFFFFFFFFF, -1",
        "01777777777777777777777, -1",
    })
    void numbersAreReadAsCReadsThem(String text, long value) {
        assertThat(tokens(text).getFirst().number()).isEqualTo(value);
        assertThat(diagnostics.all()).isEmpty();
    }

    @Test
    void escapesNameBytes() {
        String text = "\"\\a\\b\\t\\n\\v\\f\\r\\\\\\\"\\q\\x41\\xff\\101\\7z\\1234\"";
        assertThat(tokens(text).getFirst().text()).isEqualTo("\u0007\b\t\n\u000b\f\r\\\"qA\u00ffA\u0007zS4");
        assertThat(diagnostics.all()).isEmpty();
    }

    @Test
    void charactersOfStringsAreUtf8Bytes() {
        assertThat(tokens("\"\u00fc\u591a\uD83D\uDE42\"").getFirst().text())
                .isEqualTo("\u00c3\u00bc\u00e5\u00a4\u009a\u00f0\u009f\u0099\u0082");
    }

    @Test
    void argumentsArePastedWhereTheyAreNamed() {
        var source = new SourceText("test.stp", "probe $1 { print(@2, $#, @#) }");
        List<Token> tokens = Lexer.run(source, List.of("timer . s(1)", "a \"b\""), diagnostics);
        assertThat(tokens.stream().map(Token::text).collect(Collectors.joining(" ")))
                .isEqualTo("probe timer . s ( 1 ) { print ( a \"b\" , 2 , 2 ) } ");
        assertThat(tokens.get(3).span().text()).isEqualTo("$1");
        assertThat(tokens.get(10).kind()).isEqualTo(Token.Kind.STRING);
        assertThat(diagnostics.all()).isEmpty();
    }

    @Test
    void anArgumentCannotNameAnother() {
        var source = new SourceText("test.stp", "probe begin { print($1) }");
        Lexer.run(source, List.of("$2", "5"), diagnostics);
        assertThat(diagnostics.all())
                .extracting(Diagnostic::message)
                .contains("a script argument cannot name another one");
    }

    @Test
    void unusedArgumentsAreAWarning() {
        Lexer.run(new SourceText("test.stp", "probe begin { print($2) }"), List.of("1", "2", "3"), diagnostics);
        assertThat(diagnostics.hasErrors()).isFalse();
        assertThat(diagnostics.warnings())
                .singleElement()
                .extracting(Diagnostic::message)
                .isEqualTo("script arguments 1, 3 are not used");
    }

    private List<Token> tokens(String text) {
        return Lexer.run(new SourceText("test.stp", text), List.of(), diagnostics);
    }

    private String texts(String text) {
        return tokens(text).stream()
                .filter(token -> token.kind() != Token.Kind.END)
                .map(Token::text)
                .collect(Collectors.joining(" "));
    }
}
