package io.stapscope.compiler.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SimilarTest {
    private static final List<String> NAMES = List.of("execname", "pid", "ppid", "$count", "gettimeofday_us");

    @Test
    void findsTheNearestName() {
        assertThat(Similar.nearest("$cnt", NAMES)).isNull();
        assertThat(Similar.nearest("$conut", NAMES)).isEqualTo("$count");
        assertThat(Similar.nearest("exename", NAMES)).isEqualTo("execname");
        assertThat(Similar.nearest("getimeofday_us", NAMES)).isEqualTo("gettimeofday_us");
    }

    @Test
    void saysNothingWhenNoneIsClose() {
        assertThat(Similar.nearest("histogram", NAMES)).isNull();
        assertThat(Similar.nearest("", NAMES)).isNull();
    }
}
