package io.stapscope.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateDirectoryTest {
    private static final Path HOME = Path.of("/home/ann");

    @Test
    void isWhereTheUserSays() {
        assertThat(StateDirectory.locate(Map.of("STAPSCOPE_STATE", "/data/s"), true, HOME))
                .isEqualTo(Path.of("/data/s"));
    }

    @Test
    void isOutsideTheHomeOfRoot() {
        assertThat(StateDirectory.locate(Map.of("XDG_DATA_HOME", "/root/x"), true, HOME))
                .isEqualTo(Path.of("/var/lib/stapscope"));
    }

    @Test
    void followsTheXdgRulesForAUser() {
        assertThat(StateDirectory.locate(Map.of("XDG_DATA_HOME", "/data/ann"), false, HOME))
                .isEqualTo(Path.of("/data/ann/stapscope"));
        assertThat(StateDirectory.locate(Map.of("XDG_DATA_HOME", "relative"), false, HOME))
                .isEqualTo(Path.of("/home/ann/.local/share/stapscope"));
    }
}
