package io.stapscope.compiler.syntax;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The valid scripts that many tests go over. */
public final class Corpus {
    private static final Path FOLDER = Path.of("src/test/resources/scripts");

    /** The values of the script arguments that some of them name. */
    public static final List<String> ARGUMENTS = List.of("5", "some text", "x . y");

    private Corpus() {}

    public record Sample(String name, String text) {
        @Override
        public String toString() {
            return name;
        }
    }

    public static List<Sample> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".stp"))
                    .sorted()
                    .map(Corpus::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Sample read(Path file) {
        try {
            return new Sample(file.getFileName().toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
