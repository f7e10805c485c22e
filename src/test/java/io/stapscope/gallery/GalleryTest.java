package io.stapscope.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GalleryTest {
    static Stream<Tool> tools() {
        return Gallery.tools().stream();
    }

    @ParameterizedTest
    @MethodSource("tools")
    void everyToolSaysInTwoLanguagesWhatItIsFor(Tool tool) {
        assertThat(tool.english().purpose()).endsWith(".").isASCII();
        assertThat(tool.english().title().length()).isLessThan(40);
        assertThat(tool.chinese().purpose()).endsWith("。");
        assertThat(tool.chinese().title()).matches(".*\\p{IsHan}.*");
        assertThat(tool.usage()).startsWith("stapscope run " + tool.name());
        assertThat(tool.keywords()).isNotEmpty();
    }

    @Test
    void toolsOfOneCategoryStandTogether() {
        var categories = new ArrayList<String>();
        for (var tool : Gallery.tools()) {
            if (categories.isEmpty() || !categories.getLast().equals(tool.category())) {
                categories.add(tool.category());
            }
        }
        assertThat(categories).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("tools")
    void everyToolStandsInTheDocumentation(Tool tool) throws IOException {
        assertThat(Files.readString(Path.of("docs/TOOLS.md")))
                .contains("| `" + tool.name() + "` | " + tool.category() + " | "
                        + tool.english().purpose() + " |");
    }

    @ParameterizedTest
    @MethodSource("tools")
    void everyToolHasATest(Tool tool) throws IOException {
        try (var tests = Files.list(Path.of("src/test/java/io/stapscope/gallery"))) {
            assertThat(tests.filter(file -> file.toString().endsWith("ToolsKernelTest.java")))
                    .anySatisfy(file -> assertThat(Files.readString(file)).contains("(\"" + tool.name() + "\","));
        }
    }

    @Test
    void aToolIsFoundByItsName() {
        assertThat(Gallery.named("slow-calls")).isNotNull().isEqualTo(Gallery.named("slow-calls.stp"));
        assertThat(Gallery.named("no-such-tool")).isNull();
    }
}
