package io.stapscope.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/login", "/captures", "/captures/0d0f6a2e-1c1b-4d7e-9a55-0c6a1f1f2b3c", "/doctor", "/quit"
            })
    void addressesOfPagesAnswerWithTheDocument(String path) {
        assertThat(Pages.isPage(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/api/v1/runs", "/q/openapi", "/assets/index-1a2b.js", "/favicon.svg"})
    void filesAndTheApiAnswerForThemselves(String path) {
        assertThat(Pages.isPage(path)).isFalse();
    }
}
