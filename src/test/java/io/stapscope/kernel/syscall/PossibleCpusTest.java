package io.stapscope.kernel.syscall;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PossibleCpusTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ':',
            value = {"0:1", "0-1:2", "0-3,8:9", "0,2-15:16", "0-127:128"})
    void theHighestNumberCounts(String list, int count) {
        assertThat(PossibleCpus.parse(list + "\n")).isEqualTo(count);
    }
}
