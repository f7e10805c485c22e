package io.stapscope.compiler.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.source.SourceText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Wrong scripts and what is said about them: {@code NAME.stp} beside {@code NAME.txt}, a folder for each pass. To write
 * the texts anew, run the test with {@code -Dgolden.update=true} and review the difference like code.
 *
 * <pre>
 * &#64;TestFactory
 * Stream&lt;DynamicTest&gt; wrongScripts() {
 *     return GoldenDiagnostics.cases("syntax", source -&gt; ...);
 * }
 * </pre>
 */
public final class GoldenDiagnostics {
    private static final Path ROOT = Path.of("src/test/resources/golden/diagnostics");

    private GoldenDiagnostics() {}

    /** A test for each script in the folder; {@code check} gives all that is said about one. */
    public static Stream<DynamicTest> cases(String folder, Function<SourceText, List<Diagnostic>> check) {
        return scripts(folder).map(file -> DynamicTest.dynamicTest(name(file), () -> compare(file, check)));
    }

    /** The text of all expectations in a folder, to ask which codes they cover. */
    public static String expectations(String folder) {
        var all = new StringBuilder();
        scripts(folder).forEach(file -> all.append(read(expectation(file))).append('\n'));
        return all.toString();
    }

    private static void compare(Path file, Function<SourceText, List<Diagnostic>> check) {
        List<Diagnostic> diagnostics = check.apply(new SourceText(name(file) + ".stp", read(file)));
        assertThat(diagnostics).as("a wrong script").isNotEmpty().allSatisfy(GoldenDiagnostics::isHelpful);
        String rendered = DiagnosticRenderer.render(diagnostics);
        if (Boolean.getBoolean("golden.update")) {
            write(expectation(file), rendered);
        }
        assertThat(rendered).isEqualTo(read(expectation(file)));
    }

    /** House rules of every message: a sentence in lower case without a full stop, and a next step. */
    private static void isHelpful(Diagnostic diagnostic) {
        assertThat(diagnostic.message()).doesNotEndWith(".").doesNotMatch("[A-Z][a-z].*");
        assertThat(diagnostic.notes().isEmpty() && diagnostic.fix() == null)
                .as("no next step: " + diagnostic)
                .isFalse();
    }

    private static Stream<Path> scripts(String folder) {
        try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".stp")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".stp", "");
    }

    private static Path expectation(Path file) {
        return file.resolveSibling(name(file) + ".txt");
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
