package io.stapscope.compiler.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosticCodeTest {
    @Test
    void idsAreUniqueAndKeepTheFormOfTheirRange() {
        List<String> ids =
                Arrays.stream(DiagnosticCode.values()).map(DiagnosticCode::id).toList();
        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("E0[1-6]\\d\\d|W07\\d\\d"));
        assertThat(ids.stream().map(id -> id.substring(1)).toList()).isSorted();
    }

    @Test
    void titlesAreOneLineInLowerCase() {
        assertThat(Arrays.stream(DiagnosticCode.values()).map(DiagnosticCode::title))
                .allMatch(title -> !title.contains("\n") && !title.endsWith(".") && !title.matches("[A-Z][a-z].*"));
    }
}
