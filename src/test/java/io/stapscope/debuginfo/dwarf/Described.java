package io.stapscope.debuginfo.dwarf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A program whose source the tests know, compiled in all ways that differ in debug information, each once. */
public final class Described {
    private static final Path SOURCE = Path.of("src/test/native/described.c");
    private static final Map<String, DwarfFile> FILES = new ConcurrentHashMap<>();

    private Described() {}

    /** Compilers that are here, each with and without optimisation, with old and new debug information. */
    public static Stream<String> ways() {
        return Stream.of("gcc", "clang").filter(Described::installed).flatMap(compiler -> Stream.of("-O0", "-O2")
                .flatMap(level -> Stream.of("-gdwarf-3", "-gdwarf-4", "-gdwarf-5")
                        .map(format -> compiler + " " + level + " " + format)));
    }

    public static boolean installed(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /** @param way one of {@link #ways} */
    public static DwarfFile file(String way) {
        return FILES.computeIfAbsent(way, Described::compile);
    }

    private static DwarfFile compile(String way) {
        try {
            var words = way.split(" ");
            var sample = Sample.compile(words[0], Files.readString(SOURCE), words[1], words[2]);
            return DwarfFile.read(sample.sections());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
