package io.stapscope.compiler.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.ir.Format.Conversion;
import io.stapscope.compiler.ir.Format.Directive;
import io.stapscope.compiler.ir.Format.Text;
import io.stapscope.compiler.type.Type;
import org.junit.jupiter.api.Test;

class FormatParserTest {
    @Test
    void textAndDirectivesComeInOrder() {
        assertThat(FormatParser.parse("a%% %5d%-3s").format().pieces())
                .containsExactly(
                        new Text("a% "),
                        new Directive(Conversion.DECIMAL, '\0', 5, false, -1, false),
                        new Directive(Conversion.STRING, '-', 3, false, -1, false));
    }

    @Test
    void starsTakeNumbersBeforeTheValue() {
        assertThat(FormatParser.parse("%*.*s").values())
                .extracting(FormatParser.Value::type)
                .containsExactly(Type.LONG, Type.LONG, Type.STRING);
    }

    @Test
    void aLonePercentSignAtTheEndIsText() {
        assertThat(FormatParser.parse("100%").format().pieces()).containsExactly(new Text("100%"));
    }

    @Test
    void lengthsAreAcceptedAndMeanNothing() {
        assertThat(FormatParser.parse("%lld%lx").problems()).isEmpty();
    }

    @Test
    void onlyOneFlagIsAccepted() {
        assertThat(FormatParser.parse("%-05d").problems()).isEmpty();
        assertThat(FormatParser.parse("%-+5d").problems()).hasSize(1);
    }
}
