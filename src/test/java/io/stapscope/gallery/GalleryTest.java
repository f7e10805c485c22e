package io.stapscope.gallery;

import static org.assertj.core.api.Assertions.assertThat;

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

    @Test
    void aToolIsFoundByItsName() {
        assertThat(Gallery.named("slow-calls")).isNotNull().isEqualTo(Gallery.named("slow-calls.stp"));
        assertThat(Gallery.named("no-such-tool")).isNull();
    }
}
