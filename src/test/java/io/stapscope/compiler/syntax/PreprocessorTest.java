package io.stapscope.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.DiagnosticCode;
import io.stapscope.compiler.diagnostic.DiagnosticRenderer;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.diagnostic.Severity;
import io.stapscope.compiler.source.SourceText;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreprocessorTest {
    private final Diagnostics diagnostics = new Diagnostics();

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "@define a %( 1 %) @a + @a; 1 + 1",
                "@define a(x) %( (@x * @x) %) @a(2 + 3); ( 2 + 3 * 2 + 3 )",
                "@define a(x, y) %( @y - @x %) @a(f(1, 2), b[3, 4]); b [ 3 , 4 ] - f ( 1 , 2 )",
                "@define a(x) %( <@x> %) @a(); < >",
                "@define a %( @b %) @define b %( 5 %) @a; 5",
                "@define a(x) %( [@x] %) @define b(y) %( @a(@y + 1) %) @b(@a(2)); [ [ 2 ] + 1 ]",
                "@define p %( probe begin %) @p { }; probe begin { }",
                "@define probe(in) %( @in @in %) @probe(x); x x",
                "@define a %( %( 1 == 1 %? yes %: no %) %) @a; yes",
                "@define n(x) %( %( @x > 1 %? many %: one %) %) @n(1) @n(2); one many",
                "@define choose_defined(a, b) %( @b %) @choose_defined($x, 1); 1",
                "@choose_defined($x, 1); ( @defined ( $x ) ? $x : 1 )",
                "@unknown(1); @unknown ( 1 )",
            })
    void macrosStandForTheirBodies(String text, String words) {
        assertThat(words(text)).isEqualTo(words);
        assertThat(errors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kernel_v >= \"2.6\"",
                "kernel_v > \"6.9\"",
                "kernel_v == \"6.18.44\"",
                "kernel_v == \"6.*\"",
                "kernel_v != \"5.?\"",
                "kernel_vr == \"6.18.44-*\"",
                "kernel_vr != \"6.18.44\"",
                "kernel_v < \"6.18.100\"",
                "kernel_v <= \"6.18.44\"",
                "arch == \"x86_64\"",
                "arch == \"x86*\"",
                "arch != \"i?86\"",
                "CONFIG_SMP == \"y\"",
                "CONFIG_SMP == \"[ym]\"",
                "CONFIG_NONE == \"\"",
                "CONFIG_NONE != \"y\"",
                "CONFIG_HZ == 250",
                "CONFIG_HZ < CONFIG_NR_CPUS || CONFIG_HZ != CONFIG_NR_CPUS",
                "systemtap_v >= \"4.8\"",
                "systemtap_v == \"5.5\"",
                "systemtap_v < \"5.10\"",
                "systemtap_privilege == \"stapdev\"",
                "systemtap_privilege != \"stapusr\"",
                "guru_mode == 0",
                "guru_mode != 1",
                "runtime != \"bpf\"",
                "runtime == \"stapscope\"",
                "1 < 2",
                "0x10 == 16",
                "\"abc\" < \"abd\"",
                "1 == 2 && 1 == 1 || 2 == 2",
                "1 == 1 || 1 == 1 && 1 == 2",
                "$# == 2",
                "$1 == 7",
                "@2 == \"some text\"",
            })
    void conditionsThatHoldHere(String condition) {
        assertThat(words("%( " + condition + " %? yes %: no %)")).isEqualTo("yes");
        assertThat(words("%(" + condition + "%?yes%)")).isEqualTo("yes");
        assertThat(diagnostics.hasErrors()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kernel_v < \"2.6\"",
                "kernel_v == \"6.18\"",
                "arch == \"arm64\"",
                "CONFIG_NONE == \"y\"",
                "CONFIG_SMP != \"y\"",
                "runtime == \"bpf\"",
                "runtime == \"kernel\"",
                "guru_mode == 1",
                "systemtap_v < \"1.6\"",
                "1 == 1 && 1 == 2 || 1 > 2",
                "\"6.18\" == \"6.*\"",
            })
    void conditionsThatDoNotHoldHere(String condition) {
        assertThat(words("%( " + condition + " %? yes %: no %)")).isEqualTo("no");
        assertThat(words("%( " + condition + " %? yes %)")).isEmpty();
        assertThat(diagnostics.hasErrors()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "%( 1==1 %? a %( 1==2 %? b %: c %) d %: e %( x %? y %) %) f; a c d f",
                "%( 1==2 %? %( 1==1 %? a %: b %) %: %( 1==1 %? c %: d %) %); c",
                "a %( 1==2 %? b %) c; a c",
                "%( 1==1 %? %: a %); ``",
                "x %( 1==1 %? probe %: global %) y; x probe y",
            })
    void conditionalsNest(String text, String words) {
        assertThat(words(text)).isEqualTo(words.replace("``", ""));
        assertThat(errors()).isEmpty();
    }

    @Test
    void whatIsWrongInABranchThatIsLeftOutDoesNoHarm() {
        assertThat(words("%( $# > 2 %? $3 089 'x' \u00a7 %: 10 %)")).isEqualTo("10");
        assertThat(diagnostics.hasErrors()).isFalse();
        words("%( $# < 9 %? $3 %: 10 %)");
        assertThat(errors()).extracting(Diagnostic::code).containsExactly(DiagnosticCode.NO_SUCH_ARGUMENT);
    }

    @Test
    void whatIsWrongInAnArgumentOfAMacroIsToldWhateverTheMacroDoesWithIt() {
        words("@define drop(x) %( %( 1 == 2 %? @x %: 1 %) %) @drop(99999999999999999999)");
        assertThat(diagnostics.hasErrors()).isTrue();
    }

    @Test
    void errorsInABodyPointAtTheCallAndNameTheDefinition() {
        String text = """
                @define half(x) %( (@x / ) %)
                probe begin { println(@half(10)) }
                """;
        Parse.script(new SourceText("half.stp", text), List.of(), diagnostics);
        assertThat(DiagnosticRenderer.render(diagnostics.all())).isEqualTo("""
                error[E0208]: a value is missing before `)`
                  --> half.stp:2:23
                   |
                 2 | probe begin { println(@half(10)) }
                   |                       ^^^^^^^^^ expected a value
                   = a value is a number, a string, a variable or a call
                   = `@half` is defined at half.stp:1:9 and stands for `(10 / )`
                """);
    }

    @Test
    void macrosThatStandForTooMuchAreRefusedSoon() {
        var text = new StringBuilder("@define a0 %( x x %)");
        for (int i = 1; i < 40; i++) {
            text.append("@define a%d %%( @a%d @a%d %%)".formatted(i, i - 1, i - 1));
        }
        words(text + " @a39");
        assertThat(errors()).extracting(Diagnostic::code).containsExactly(DiagnosticCode.TOO_MANY_TOKENS);
    }

    @Test
    void macrosThatStandForNothingCostLittle() {
        var text = new StringBuilder("@define a0 %( %)");
        for (int i = 1; i < 40; i++) {
            text.append("@define a%d %%( @a%d @a%d %%)".formatted(i, i - 1, i - 1));
        }
        words(text + " @a39");
        assertThat(errors()).extracting(Diagnostic::code).containsExactly(DiagnosticCode.TOO_MANY_TOKENS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"@f(", "@f(1 ", "%( 1==1 %? ", "%( 1==2 %? ", "%( 1==1 %: ", "@define f(", "@define a %( "})
    void deepNestingIsRefusedNotFatal(String piece) {
        words("@define f(x) %( @x %) " + piece.repeat(5_000));
        assertThat(diagnostics.hasErrors()).isTrue();
    }

    @Test
    void aLibraryLendsItsMacros() {
        var library = MacroLibrary.of(
                List.of(new SourceText("a.stpm", "@define inner %( 1 %) @define outer(x) %( (@x + @inner) %)")),
                diagnostics);
        var options = new ParseOptions(List.of(), Parse.MACHINE, library);
        var source = new SourceText("a.stp", "@define inner %( 2 %) @outer(@inner)");
        assertThat(texts(new Preprocessor(source, options, diagnostics).run().tokens()))
                .isEqualTo("( 2 + 1 )");
        assertThat(diagnostics.all()).isEmpty();
        MacroLibrary.of(List.of(new SourceText("b.stpm", "@define a %( 1 %) probe begin {}")), diagnostics);
        assertThat(errors()).extracting(Diagnostic::code).containsExactly(DiagnosticCode.BAD_MACRO);
    }

    private List<Diagnostic> errors() {
        return diagnostics.all().stream()
                .filter(each -> each.severity() == Severity.ERROR)
                .toList();
    }

    private String words(String text) {
        var options = ParseOptions.of(List.of("7", "some text"), Parse.MACHINE);
        return texts(new Preprocessor(new SourceText("test.stp", text), options, diagnostics)
                .run()
                .tokens());
    }

    private static String texts(List<Token> tokens) {
        return tokens.stream()
                .filter(token -> token.kind() != Token.Kind.END)
                .map(Token::text)
                .collect(Collectors.joining(" "));
    }
}
