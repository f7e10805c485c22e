package io.stapscope.debuginfo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs to mutate: those that this machine's compilers make of our sources, and real ones that it has. */
final class SeedFiles {
    private static final Path SOURCES = Path.of("src/test/native");
    private static final Path BUILT = Path.of("target/seeds");

    /** Each is a name and a command that makes it, {@code @} stands for the sources. */
    private static final List<String> COMMANDS = List.of(
            "c-dynamic cc -O2 -g @.c",
            "c-plain cc -O0 -g -gdwarf-4 -no-pie -fno-pie @.c",
            "c-static cc -O2 -g -static @.c",
            "c-stripped cc -O2 -s @.c",
            "c-compressed cc -O1 -g -gz=zlib @.c",
            "c-old-compressed cc -O1 -g -gz=zlib-gnu @.c",
            "c-split-types cc -O2 -g -fdebug-types-section @.c",
            "c-object cc -O2 -g -c @.c",
            "c-library cc -O2 -g -shared -fPIC -Wl,-soname,libseeds.so.1,-rpath,/opt/seeds @.c",
            "c-narrow cc -m32 -O1 -g -DBARE -nostdlib -static @.c",
            "c-narrow-library cc -m32 -O2 -g -DBARE -nostdlib -shared -fPIC @.c",
            "c-clang clang -O2 -g @.c",
            "c-clang-dwarf4 clang -O1 -g -gdwarf-4 @.c",
            "cpp c++ -O2 -g @.cc",
            "cpp-plain c++ -O0 -g @.cc",
            "rust rustc -g -C opt-level=1 @.rs",
            "rust-stripped rustc -C strip=symbols @.rs",
            "marks cc -static-pie -nostdlib src/test/native/marks.s");

    private static final List<Path> PROGRAMS = Stream.of(
                    "/usr/lib/postgresql/15/bin/postgres",
                    "/lib/x86_64-linux-gnu/libc.so.6",
                    "/lib/aarch64-linux-gnu/libc.so.6",
                    "/lib64/ld-linux-x86-64.so.2",
                    "/lib/ld-linux-aarch64.so.1",
                    "/usr/bin/ls",
                    "/usr/bin/node",
                    "/usr/bin/kubectl",
                    "/usr/local/bin/docker",
                    "/usr/local/go/bin/go",
                    System.getProperty("user.home") + "/.cargo/bin/rustup")
            .map(Path::of)
            .toList();

    private SeedFiles() {}

    /** In an order that is the same each time on one machine. */
    static List<Path> find() {
        var found = new ArrayList<Path>();
        for (var command : COMMANDS) {
            var built = build(command);
            if (Files.exists(built)) {
                found.add(built);
            }
        }
        PROGRAMS.stream().filter(Files::isReadable).forEach(found::add);
        return found;
    }

    /** What the machine's compilers cannot make is left out. */
    private static Path build(String line) {
        var words =
                new ArrayList<>(List.of(line.replace("@", SOURCES + "/seeds").split(" ")));
        var built = BUILT.resolve(words.removeFirst());
        var source = Path.of(words.getLast());
        try {
            if (Files.exists(built)
                    && Files.getLastModifiedTime(built).compareTo(Files.getLastModifiedTime(source)) >= 0) {
                return built;
            }
            Files.createDirectories(BUILT);
            words.addAll(List.of("-o", built.toString()));
            var process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException _) {
            // No such compiler.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
        return built;
    }
}
