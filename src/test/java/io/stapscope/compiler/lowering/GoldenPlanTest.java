package io.stapscope.compiler.lowering;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.Compile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Scripts and the IR they become: {@code NAME.stp} beside {@code NAME.txt}. To write the texts anew, run it with
 * {@code -Dgolden.update=true} and review the difference like code.
 */
class GoldenPlanTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden/plans");

    @TestFactory
    Stream<DynamicTest> plans() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files
                    .filter(file -> file.toString().endsWith(".stp"))
                    .sorted()
                    .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)))
                    .toList()
                    .stream();
        }
    }

    private static void check(Path file) throws IOException {
        var expected = file.resolveSibling(file.getFileName().toString().replace(".stp", ".txt"));
        var printed = Compile.ir(Files.readString(file));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(expected, printed);
        }
        assertThat(printed).isEqualTo(Files.readString(expected));
    }
}
