package io.stapscope.syscalls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptionsTest {
    /** A line is parsed when its call is asked for: a broken one must not wait for the script that asks. */
    @ParameterizedTest
    @ValueSource(strings = {"x86_64", "aarch64"})
    void everyLineOfTheTableCanBeRead(String architecture) {
        var descriptions = Descriptions.of(architecture);
        assertThat(descriptions.names()).hasSizeGreaterThan(300).allSatisfy(name -> {
            assertThat(descriptions.find(name).name()).isEqualTo(name);
            assertThat(descriptions.find(name).forms())
                    .allMatch(form -> form.name().equals(name));
        });
    }

    @Test
    void aCallWithoutALineHasSixNumbers() {
        var unknown = Descriptions.of("x86_64").find("no_such_call");
        assertThat(unknown.name()).isEqualTo("unknown");
        assertThat(unknown.argumentCount()).isEqualTo(6);
    }
}
