package io.stapscope.debuginfo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Programs to mutate: those that come along, so that each machine has them all; those that this machine's compilers make of our
 * sources; real ones that it has. All are small, see {@link SmallElf}.
 */
final class SeedFiles {
    private static final Path SOURCES = Path.of("src/test/native");
    private static final Path BUILT = Path.of("target/seeds");
    /** Made by {@code make seeds}. */
    private static final Path KEPT = Path.of("src/test/resources/seeds");

    private static final String KEPT_ENDING = ".gz";
    /** A program that shares debug information with another one, and what they share. */
    private static final String SHARING = "dwz";

    private static final String SHARED = "dwz-common";

    /** Each is a name and a command that makes it, {@code @} stands for the sources. */
    private static final List<String> COMMANDS = List.of(
            "c-dynamic cc -O2 -g @.c",
            "c-plain cc -O0 -g -gdwarf-4 -no-pie -fno-pie @.c",
            "c-compressed cc -O1 -g -gz=zlib @.c",
            "c-old-compressed cc -O1 -g -gz=zlib-gnu @.c",
            "c-split-types cc -O2 -g -fdebug-types-section @.c",
            "c-object cc -O2 -g -c @.c",
            "c-library cc -O2 -g -shared -fPIC -Wl,-soname,libseeds.so.1,-rpath,/opt/seeds @.c",
            "c-narrow-library cc -m32 -O2 -g -DBARE -nostdlib -shared -fPIC @.c",
            "c-clang clang -O2 -g @.c",
            "c-clang-dwarf4 clang -O1 -g -gdwarf-4 @.c",
            "cpp c++ -O2 -g @.cc",
            "cpp-plain c++ -O0 -g @.cc",
            "marks cc -static-pie -nostdlib src/test/native/marks.s");

    private static final List<Path> PROGRAMS = Stream.of(
                    "/usr/lib/postgresql/15/bin/postgres",
                    "/lib/x86_64-linux-gnu/libc.so.6",
                    "/lib/aarch64-linux-gnu/libc.so.6",
                    "/usr/bin/ls",
                    "/usr/bin/node",
                    "/usr/local/bin/docker")
            .map(Path::of)
            .toList();

    private SeedFiles() {}

    /** Bytes to make seeds of. @param program what readers get of damaged bytes */
    record SeedFile(String name, byte[] content, Function<ByteBuffer, Damaged> program) {
        Seed seed() {
            return new Seed(name, content, program);
        }
    }

    /** In an order that is the same each time on one machine. */
    static List<SeedFile> find() {
        var found = kept();
        for (var command : COMMANDS) {
            var built = build(command);
            if (Files.exists(built)) {
                found.add(small(built));
            }
        }
        PROGRAMS.stream().filter(Files::isReadable).map(SeedFiles::small).forEach(found::add);
        return found;
    }

    private static List<SeedFile> kept() {
        var contents = new TreeMap<String, byte[]>();
        try (var files = Files.list(KEPT)) {
            for (var file : files.toList()) {
                var name = file.getFileName().toString();
                try (var input = new GZIPInputStream(Files.newInputStream(file))) {
                    contents.put(name.substring(0, name.length() - KEPT_ENDING.length()), input.readAllBytes());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var found = new ArrayList<SeedFile>();
        var sharing = ByteBuffer.wrap(required(contents, SHARING));
        var shared = ByteBuffer.wrap(required(contents, SHARED));
        contents.forEach((name, content) -> found.add(new SeedFile(
                name,
                content,
                switch (name) {
                    case SHARING -> bytes -> new Damaged(bytes, shared.duplicate());
                    case SHARED -> bytes -> new Damaged(sharing.duplicate(), bytes);
                    default -> Damaged::new;
                })));
        return found;
    }

    private static byte[] required(Map<String, byte[]> contents, String name) {
        return Objects.requireNonNull(contents.get(name), name);
    }

    private static SeedFile small(Path file) {
        try (var channel = FileChannel.open(file)) {
            var content = SmallElf.of(channel.map(MapMode.READ_ONLY, 0, channel.size()));
            return new SeedFile(file.getFileName().toString(), content, Damaged::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
