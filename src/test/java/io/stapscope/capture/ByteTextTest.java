package io.stapscope.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "postgres", "größe", "世界", "🐘 and text", "<img src=x onerror=alert(1)>", "a\tb\n"})
    void validTextStaysAsItIs(String text) {
        assertThat(ByteText.decode(bytes(text))).isEqualTo(text);
    }

    @Test
    void otherBytesAndControlCharactersAreWrittenOut() {
        assertThat(ByteText.decode("\u00ff\u00fe\u0080")).isEqualTo("\\xff\\xfe\\x80");
        assertThat(ByteText.decode("\u001b]0;pwn\u0007")).isEqualTo("\\x1b]0;pwn\\x07");
        assertThat(ByteText.decode("a\u007f")).isEqualTo("a\\x7f");
        assertThat(ByteText.decode("\u00e4\u00b8")).as("cut off").isEqualTo("\\xe4\\xb8");
        assertThat(ByteText.decode("\u00c0\u0080")).as("overlong").isEqualTo("\\xc0\\x80");
        assertThat(ByteText.decode("\u00ed\u00a0\u0080")).as("surrogate").isEqualTo("\\xed\\xa0\\x80");
        assertThat(ByteText.decode("\u00f4\u0090\u0080\u0080"))
                .as("beyond Unicode")
                .startsWith("\\xf4");
        assertThat(ByteText.decode(bytes("\u202e"))).as("turns the text around").isEqualTo("\\xe2\\x80\\xae");
    }

    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
