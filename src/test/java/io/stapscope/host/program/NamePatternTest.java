package io.stapscope.host.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamePatternTest {
    private static boolean matches(String pattern, String name) {
        return NamePattern.of(pattern).matches(name);
    }

    @Test
    void knowsStarsQuestionMarksAndSets() {
        assertThat(matches("Exec*", "ExecInit")).isTrue();
        assertThat(matches("Exec*", "MyExec")).isFalse();
        assertThat(matches("f?o", "foo")).isTrue();
        assertThat(matches("f[a-o]o", "foo")).isTrue();
        assertThat(matches("f[!a-o]o", "foo")).isFalse();
        assertThat(matches("a.b$[", "a.b$[")).isTrue();
        assertThat(matches("f[z-a]o", "foo")).isFalse();
    }

    @Test
    void aNameWithoutThemIsLiteral() {
        assertThat(NamePattern.of("main").literal()).contains("main");
        assertThat(NamePattern.of("m*").literal()).isEmpty();
    }

    @Test
    void filesMatchByTheLastPartsOfTheirPaths() {
        assertThat(FilePattern.of("main.c").matches("/src/tool/main.c")).isTrue();
        assertThat(FilePattern.of("main.c").matches("/src/tool/domain.c")).isFalse();
        assertThat(FilePattern.of("tool/*.c").matches("/src/tool/main.c")).isTrue();
        assertThat(FilePattern.of("src/*.c").matches("/src/tool/main.c")).isFalse();
        assertThat(FilePattern.of("/src/tool/main.c").matches("/src/tool/main.c"))
                .isTrue();
        assertThat(FilePattern.of("*").matches("main.c")).isTrue();
    }
}
