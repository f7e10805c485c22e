package io.stapscope.tracer;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.codegen.Driver;
import io.stapscope.compiler.ir.Global.KeyKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("kernel")
@Timeout(60)
class StacksKernelTest {
    private static final int CALLS = 50;

    @TempDir
    Path folder;

    private Path stacks() throws IOException, InterruptedException {
        var program = folder.resolve("stacks");
        run(List.of("cc", "-O0", "-fno-omit-frame-pointer", "-o", program.toString(), "src/test/native/stacks.c"));
        return program.toRealPath();
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    /** The process ends when all it did was counted. */
    private static void runUntilCounted(Traced traced, long count, String... command)
            throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).start();
        try {
            traced.awaitCount(0, count);
        } finally {
            process.getOutputStream().close();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Counts by the functions from main on, after the process has ended. */
    private static Map<List<String>, Long> byFunctions(Traced traced, int part) {
        var counts = new HashMap<List<String>, Long>();
        traced.counts(0).forEach((key, count) -> {
            var frames = ((Window.Stack) key.get(part)).frames();
            counts.merge(frames.subList(frames.indexOf("main"), frames.size()), count, Long::sum);
        });
        return counts;
    }

    @Test
    void countsByStackKnowTheFunctionsOfProcessesThatHaveEnded() throws IOException, InterruptedException {
        var program = stacks();
        var script = "global n probe process(\"%s\").function(\"leaf\") { n[ubacktrace()] <<< 1 }".formatted(program);
        assertThat(Traced.compile(script, false).globals().getFirst().keyKinds())
                .containsExactly(KeyKind.USTACK);
        try (var traced = Traced.start(script)) {
            runUntilCounted(traced, 500, program.toString(), "300", "200");
            runUntilCounted(traced, 505, program.toString(), "3", "2");
            traced.stop();

            // Two processes have their code at different addresses, and so four stacks.
            assertThat(traced.counts(0)).hasSize(4);
            assertThat(byFunctions(traced, 0))
                    .isEqualTo(Map.of(
                            List.of("main", "left", "leaf"), 303L, List.of("main", "right", "middle", "leaf"), 202L));
        }
    }

    @Test
    void aCounterByProcessAndStackHasTheNamesOfItsProcess() throws IOException, InterruptedException {
        var program = stacks();
        var script =
                "global n probe process(\"%s\").function(\"leaf\") { n[pid(), ubacktrace()]++ }".formatted(program);
        try (var traced = Traced.start(script)) {
            runUntilCounted(traced, 50, program.toString(), "30", "20");
            traced.stop();

            assertThat(byFunctions(traced, 1))
                    .isEqualTo(Map.of(
                            List.of("main", "left", "leaf"), 30L, List.of("main", "right", "middle", "leaf"), 20L));
        }
    }

    @Test
    void countsByStackOfTheKernelHaveItsFunctions() {
        var script = """
                global n
                probe process("%s").syscall { if ($syscall == 110) n[backtrace()] <<< 1 }
                """.formatted(Driver.program());
        assertThat(Traced.compile(script, false).globals().getFirst().keyKinds())
                .containsExactly(KeyKind.STACK);
        try (var traced = Traced.start(script)) {
            Driver.run("sys", Integer.toString(CALLS), "1");
            traced.stop();

            var keys = traced.counts(0);
            assertThat(keys.values().stream().mapToLong(count -> count).sum()).isEqualTo(CALLS);
            assertThat(keys.keySet())
                    .allMatch(key -> ((Window.Stack) key.getFirst()).frames().contains("do_syscall_64"));
        }
    }

    @Test
    void everyCallPrintsTheStackOfTheKernel() {
        var script = """
                probe process("%s").syscall {
                  if ($syscall == 110) {
                    print_backtrace()
                    println("same ", isinstr(backtrace(), sprintf("0x%%x", stack(0))))
                  }
                }
                """.formatted(Driver.program());
        try (var traced = Traced.start(script)) {
            Driver.run("sys", Integer.toString(CALLS), "1");
            traced.stop();

            var frame = " 0x[0-9a-f]+ : do_syscall_64\\+0x[0-9a-f]+/0x[0-9a-f]+ \\[kernel]";
            assertThat(traced.lines()).filteredOn(line -> line.matches(frame)).hasSize(CALLS);
            assertThat(traced.lines()).noneMatch(line -> line.contains("bpf_trace_run"));
            assertThat(traced.lines()).filteredOn(line -> line.equals("same 1")).hasSize(CALLS);
        }
    }

    @Test
    void theStackOfAProcessThatLivesHasItsNames() throws IOException {
        var script = """
                probe process("%s").syscall {
                  if ($syscall == 0 && $arg1 == 0) {
                    println("top in ", umodname(ustack(0)))
                    print_ubacktrace()
                  }
                }
                """.formatted(Driver.program());
        try (var traced = Traced.start(script)) {
            var driver = new ProcessBuilder(Driver.program().toString(), "wait").start();
            try {
                var text = traced.awaitOutput(out -> out.contains("top in") && out.endsWith("\n"));

                assertThat(text).containsPattern("top in /.*libc.*\n").containsPattern(" 0x[0-9a-f]+ .*libc");
            } finally {
                driver.getOutputStream().write('\n');
                driver.getOutputStream().close();
            }
        }
    }
}
