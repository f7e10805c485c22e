package io.stapscope.compiler.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpellingTest {
    private static final List<String> NAMES = List.of("execname", "pid", "ppid", "$count", "gettimeofday_us");

    @Test
    void findsTheNearestName() {
        assertThat(Spelling.nearest("$cnt", NAMES)).isNull();
        assertThat(Spelling.nearest("$conut", NAMES)).isEqualTo("$count");
        assertThat(Spelling.nearest("exename", NAMES)).isEqualTo("execname");
        assertThat(Spelling.nearest("getimeofday_us", NAMES)).isEqualTo("gettimeofday_us");
    }

    @Test
    void saysNothingWhenNoneIsClose() {
        assertThat(Spelling.nearest("histogram", NAMES)).isNull();
        assertThat(Spelling.nearest("", NAMES)).isNull();
    }
}
