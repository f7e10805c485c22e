package io.stapscope.tracer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that are replaced, removed, linked, copied, hidden, forked and executed while they are probed. */
@Tag("kernel")
@Timeout(60)
class ChangedTargetsKernelTest {
    private static final String PROBED_AGAIN = "the new file is probed, too, at 1 place";

    @TempDir
    Path folder;

    private Path program = Path.of("");

    private Path build(String name, String... options) throws IOException, InterruptedException {
        var file = folder.resolve(name);
        var command = new ArrayList<>(List.of("cc", "-O0", "-g", "-o", file.toString(), "src/test/native/changing.c"));
        command.addAll(List.of(options));
        var compiler = new ProcessBuilder(command).inheritIO().start();
        assertThat(compiler.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(compiler.exitValue()).isZero();
        return file.toRealPath();
    }

    /** A process that calls the probed function when it is told to. */
    private static final class Worker implements AutoCloseable {
        private final Process process;
        private final BufferedReader output;

        Worker(String... command) throws IOException {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            output = process.inputReader(StandardCharsets.UTF_8);
        }

        int pid() {
            return (int) process.pid();
        }

        void call(int times) throws IOException {
            for (int i = 0; i < times; i++) {
                tell("");
            }
        }

        void tell(String line) throws IOException {
            process.outputWriter().write(line + "\n");
            process.outputWriter().flush();
            if (!line.equals("x")) {
                assertThat(output.readLine()).isEqualTo("done");
            }
        }

        @Override
        public void close() {
            process.destroy();
            process.onExit().join();
        }
    }

    private static String script(String process) {
        return "global hits probe process(%s).function(\"work\") { hits[pid()]++ println(pid(), \" \", $n) }"
                .formatted(process);
    }

    private static String quoted(Path path) {
        return "\"" + path + "\"";
    }

    private static List<String> lines(Worker worker, int from, int to) {
        var lines = new ArrayList<String>();
        for (int n = from; n <= to; n++) {
            lines.add(worker.pid() + " " + n);
        }
        return lines;
    }

    /** What the probes have printed; the rest is what is shown at the end. */
    private static List<String> printed(Traced traced) {
        return traced.lines().stream().filter(line -> !line.startsWith("hits")).toList();
    }

    private static Map<List<Object>, Long> hits(Traced traced) {
        return traced.counts(0);
    }

    private static List<Object> key(Worker worker) {
        return List.of((long) worker.pid());
    }

    private void replaceBy(Path other) throws IOException {
        Files.move(other, program, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void awaitAgain(Traced traced, int times) {
        traced.awaitErrors(text -> text.split(PROBED_AGAIN, -1).length > times);
    }

    @Test
    void anUpgradeKeepsTheOldProcessesProbedAndProbesTheNewOnes() throws IOException, InterruptedException {
        program = build("program");
        try (var traced = Traced.start(script(quoted(program)));
                var old = new Worker(program.toString())) {
            old.call(3);
            replaceBy(build("next", "-DPADDED"));
            awaitAgain(traced, 1);
            try (var current = new Worker(program.toString())) {
                current.call(5);
                old.call(2);
                replaceBy(build("last"));
                awaitAgain(traced, 2);
                try (var last = new Worker(program.toString())) {
                    last.call(4);
                    current.call(1);
                    old.call(1);
                    traced.stop();

                    assertThat(hits(traced)).isEqualTo(Map.of(key(old), 6L, key(current), 6L, key(last), 4L));
                    assertThat(printed(traced))
                            .containsAll(lines(old, 1, 6))
                            .containsAll(lines(current, 1, 6))
                            .containsAll(lines(last, 1, 4))
                            .hasSize(16);
                }
            }
        }
    }

    @Test
    void whatIsRemovedStaysProbedAndWhatComesLaterIsProbed() throws IOException, InterruptedException {
        program = build("program");
        var next = build("next", "-DPADDED");
        try (var traced = Traced.start(script(quoted(program)));
                var old = new Worker(program.toString())) {
            old.call(1);
            Files.delete(program);
            traced.awaitErrors(text -> text.contains("was removed: processes that run the old file stay probed"));
            old.call(2);
            replaceBy(next);
            awaitAgain(traced, 1);
            try (var current = new Worker(program.toString())) {
                current.call(2);
                traced.stop();

                assertThat(hits(traced)).isEqualTo(Map.of(key(old), 3L, key(current), 2L));
            }
        }
    }

    @Test
    void valuesThatRunAfterTheHitAreThoseOfTheNewProgram() throws IOException, InterruptedException {
        program = build("program");
        var script = "global hits probe process(%s).function(\"work\") { hits[usymname(uaddr())]++ }"
                .formatted(quoted(program));
        try (var traced = Traced.start(script)) {
            replaceBy(build("next", "-DPADDED"));
            awaitAgain(traced, 1);
            try (var current = new Worker(program.toString())) {
                current.call(7);
                traced.awaitCount(0, 7);
            }
            traced.stop();
            assertThat(hits(traced)).isEqualTo(Map.of(List.of("work"), 7L));
        }
    }

    @Test
    void aFileThatIsNoProgramIsLeftOutAndTold() throws IOException, InterruptedException {
        program = build("program");
        try (var traced = Traced.start(script(quoted(program)));
                var old = new Worker(program.toString())) {
            var text = folder.resolve("text");
            Files.writeString(text, "no program");
            replaceBy(text);
            traced.awaitErrors(errors -> errors.contains("what runs the new file is not probed"));
            old.call(2);
            traced.stop();

            assertThat(hits(traced)).isEqualTo(Map.of(key(old), 2L));
        }
    }

    @Test
    void childrenAndExecutedProgramsCountByPathAndNotByProcess() throws IOException, InterruptedException {
        program = build("program");
        try (var worker = new Worker(program.toString());
                var other = new Worker(program.toString());
                var byPath = Traced.start(script(quoted(program)));
                var byProcess = Traced.start(script(String.valueOf(worker.pid())))) {
            worker.call(2);
            worker.tell("f");
            other.call(4);
            worker.tell("x");
            worker.call(3);
            byPath.stop();
            byProcess.stop();

            assertThat(hits(byProcess)).isEqualTo(Map.of(key(worker), 5L));
            assertThat(hits(byPath)).hasSize(3).containsEntry(key(worker), 5L).containsEntry(key(other), 4L);
            assertThat(printed(byPath)).hasSize(10);
        }
    }

    @Test
    void theEndOfAProcessIsTold() throws IOException, InterruptedException {
        program = build("program");
        try (var worker = new Worker(program.toString());
                var traced = Traced.start(script(String.valueOf(worker.pid())))) {
            worker.call(100);
            worker.close();
            traced.awaitEvent("target_ended");
            traced.stop();

            assertThat(hits(traced)).isEqualTo(Map.of(key(worker), 100L));
            assertThat(traced.events()).noneMatch(event -> event.kind().equals("target_replaced"));
        }
    }

    @Test
    void aProcessWhoseFileIsGoneIsProbedByItsId() throws IOException, InterruptedException {
        program = build("program");
        try (var worker = new Worker(program.toString())) {
            Files.delete(program);
            try (var traced = Traced.start(script(String.valueOf(worker.pid())))) {
                worker.call(20);
                traced.stop();

                assertThat(hits(traced)).isEqualTo(Map.of(key(worker), 20L));
            }
        }
    }

    @Test
    void aLinkIsTheSameProgramAndACopyIsAnotherOne() throws IOException, InterruptedException {
        program = build("program");
        var link = Files.createLink(folder.resolve("link"), program);
        var copy = folder.resolve("copy");
        Files.copy(program, copy, StandardCopyOption.COPY_ATTRIBUTES);
        try (var traced = Traced.start(script(quoted(program)));
                var linked = new Worker(link.toString());
                var copied = new Worker(copy.toString())) {
            linked.call(10);
            copied.call(10);
            traced.stop();

            assertThat(hits(traced)).isEqualTo(Map.of(key(linked), 10L));
        }
    }

    @Test
    void aProgramThatOnlyAnotherMountNamespaceHasIsProbedByItsRoot() throws IOException, InterruptedException {
        program = build("program");
        var inside = Files.createDirectory(folder.resolve("inside"));
        assumeThat(Files.isExecutable(Path.of("/usr/bin/unshare"))).isTrue();
        var hidden = inside.resolve("hidden");
        try (var worker = new Worker(
                "unshare",
                "-m",
                "sh",
                "-c",
                "mount -t tmpfs none " + inside + " && cp " + program + " " + hidden + " && exec " + hidden)) {
            worker.call(1);
            assertThat(hidden).doesNotExist();
            try (var traced = Traced.start(script("\"/proc/" + worker.pid() + "/root" + hidden + "\""))) {
                worker.call(30);
                traced.stop();

                assertThat(hits(traced)).isEqualTo(Map.of(key(worker), 30L));
            }
        }
    }
}
