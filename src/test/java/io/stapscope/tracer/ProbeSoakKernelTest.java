package io.stapscope.tracer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program whose output depends on every step does the same with probes on all its functions, and on all functions of its C
 * library. Runs once; {@code make soak-probes MINUTES=5} goes on for longer.
 */
@Tag("kernel")
@Timeout(value = 2, unit = TimeUnit.HOURS)
class ProbeSoakKernelTest {
    private static final long MINUTES = Long.getLong("soak.minutes", 0);
    private static final Path DIGEST = Driver.program("digest");

    /** What handlers look at decides where their probes are put. */
    private static final List<String> HANDLERS = List.of(
            "probe process(\"FILE\").function(\"*\").call { n++ }",
            "probe process(\"FILE\").function(\"*\").return { n++ }",
            "probe process(\"FILE\").function(\"*\").call { n++ sum += @uregister(5) + @uregister(4) }",
            "probe process(\"FILE\").function(\"*\").return { n++ sum += @entry(@uregister(5)) }",
            "probe process(\"FILE\").function(\"*\").call { n++ if (ubacktrace() == \"\") sum++ }");

    @TempDir
    static Path folder;

    private static String run(Path libraries, int rounds) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("timeout", "100", DIGEST.toString(), String.valueOf(rounds))
                .redirectErrorStream(true);
        builder.environment().put("LD_LIBRARY_PATH", libraries.toString());
        var process = builder.start();
        try {
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
            return process.exitValue() + " " + output;
        } finally {
            process.destroyForcibly();
        }
    }

    private static void soak(Path file, Path libraries, int rounds) throws IOException, InterruptedException {
        var random = new Random(20);
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES) / 2;
        int done = 0;
        do {
            int of = rounds + random.nextInt(rounds);
            var untraced = run(libraries, of);
            assertThat(untraced).startsWith("0 ");
            var script = new StringBuilder("global n, sum\nprobe end { printf(\"%d\\n\", n) sum++ }\n");
            // The first two at once, then each with another one.
            script.append(HANDLERS.get(done % HANDLERS.size())).append('\n');
            script.append(HANDLERS.get((done + 1) % HANDLERS.size())).append('\n');
            try (var traced = Traced.start(script.toString().replace("FILE", file.toString()))) {
                assertThat(run(libraries, of)).as(script.toString()).isEqualTo(untraced);
                traced.stop();
                long hits = Long.parseLong(traced.lines().getFirst());
                assertThat(hits).isGreaterThan(100L * of);
                if (MINUTES > 0) {
                    System.out.println(file + ": " + of + " rounds, " + hits + " hits");
                }
            }
            done++;
        } while (done < HANDLERS.size() || System.nanoTime() < deadline);
    }

    @Test
    void aDigestIsTheSameWithProbesOnAllItsFunctions() throws IOException, InterruptedException {
        soak(DIGEST, folder, 100);
    }

    @Test
    void aDigestIsTheSameWithProbesOnAllFunctionsOfItsLibrary() throws IOException, InterruptedException {
        var library = Path.of("/lib/x86_64-linux-gnu/libc.so.6").toRealPath();
        var copy = Files.copy(library, folder.resolve("libc.so.6"));

        soak(copy.toRealPath(), folder, 50);
    }
}
