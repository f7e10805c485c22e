package io.stapscope.kernel.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureSyscallsTest {
    @ParameterizedTest
    @CsvSource({"x86_64, read, 0", "x86_64, getppid, 110", "x86_64, file_setattr, 469", "aarch64, read, 63"})
    void namesAndNumbersBelongTogether(String architecture, String name, int number) {
        var table = ArchitectureSyscalls.of(architecture);

        assertThat(table.number(name)).hasValue(number);
        assertThat(table.name(number)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x86_64", "aarch64"})
    void everyNameStandsOnce(String architecture) {
        var table = ArchitectureSyscalls.of(architecture);

        assertThat(table.all()).hasSizeGreaterThan(300);
        assertThat(new HashSet<>(table.all().values()))
                .hasSameSizeAs(table.all().values());
    }

    @Test
    void unknownNumbersKeepTheirNumber() {
        var table = ArchitectureSyscalls.of("x86_64");

        assertThat(table.name(9999)).isEqualTo("syscall_9999");
        assertThat(table.name(-1)).isEqualTo("syscall_-1");
        assertThat(table.name(1L << 32)).isEqualTo("syscall_4294967296");
        assertThat(table.number("no_such_call")).isEmpty();
        assertThat(ArchitectureSyscalls.of("vax").all()).isEmpty();
    }
}
