package io.stapscope.kernel.syscall;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelExceptionTest {
    @Test
    void theMessageSaysWhatWasAskedAndWhatWasAnswered() {
        assertThat(new KernelException("mmap", Errno.ENOENT, "ring events"))
                .hasMessage("ring events: mmap failed with ENOENT (no such thing)");
    }

    @ParameterizedTest
    @CsvSource({
        "1, EPERM",
        "95, EOPNOTSUPP",
        "133, EHWPOISON",
        "524, ENOTSUPP",
        "41, errno 41",
        "0, errno 0",
        "999, errno 999"
    })
    void numbersHaveTheirNames(int errno, String name) {
        assertThat(Errno.name(errno)).isEqualTo(name);
    }
}
