package io.stapscope;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every row of docs/FEATURES.md names tests that are there, or says why there is none. */
class FeatureTableTest {
    private static final Path TABLE = Path.of("docs/FEATURES.md");
    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern NAMED = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

    @Test
    void everyNamedTestIsThere() throws IOException {
        var sources = sources();
        for (var row : rows()) {
            NAMED.matcher(row).results().forEach(found -> {
                assertThat(sources).as(row).containsKey(found.group(1));
                assertThat(sources.get(found.group(1)))
                        .as(row)
                        .containsPattern("@(Test|ParameterizedTest)[^;]*\\bvoid " + found.group(2) + "\\(");
            });
        }
    }

    @Test
    void everyFeatureIsShownOrSaysWhyNot() throws IOException {
        assertThat(rows())
                .hasSizeGreaterThan(40)
                .allMatch(row -> row.startsWith("| **")
                        || NAMED.matcher(row).find()
                        || row.contains("by hand: ")
                        || row.contains("not there"));
    }

    private static List<String> rows() throws IOException {
        try (var lines = Files.lines(TABLE)) {
            return lines.filter(line -> line.startsWith("| ")).skip(2).toList();
        }
    }

    private static Map<String, String> sources() throws IOException {
        try (var files = Files.walk(TESTS)) {
            return files.filter(file -> file.toString().endsWith("Test.java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            FeatureTableTest::read,
                            // Two packages may have a test of the same name.
                            String::concat));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
