package io.stapscope.tracer;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.ir.Handler;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Probes of system calls by their names. */
@Tag("kernel")
@Timeout(120)
class SyscallProbesKernelTest {
    private static final Path CALLS = Driver.program("calls");

    private static Traced run(String script, String command) {
        return Traced.start(script, Traced.command(command));
    }

    @Test
    void allCallsAreCountedByNameInTheKernelByOneProgram() {
        var script = """
                global calls
                probe syscall.* { if (pid() == target()) calls[name]++ }
                probe end { printf("%d %d\\n", calls["getppid"], calls["read"] > 0); delete calls }
                """;
        assertThat(Traced.compile(script, true).handlers().getFirst().place()).isEqualTo(Handler.Place.KERNEL);
        try (var traced = run(script, CALLS + " 10000 2")) {
            assertThat(traced.end().losses().lostEvents()).isZero();

            assertThat(traced.events().getFirst().text()).contains("by 1 program");
            assertThat(traced.lines()).last().isEqualTo("10000 1");
        }
    }

    @Test
    void everyCallOfTheHostIsPrintedWithoutLoss() {
        var script = """
                global printed
                probe syscall.* { printed <<< 1; printf("%s(%s)\\n", name, argstr) }
                """;
        try (var traced = run(script, CALLS + " 50000 2")) {
            var losses = traced.end().losses();

            assertThat(losses.lostEvents()).isZero();
            assertThat(traced.lines().stream().filter("getppid()"::equals).count())
                    .isGreaterThanOrEqualTo(50_000);
        }
    }

    @Test
    void aReturnHasItsNameAndItsResult() {
        var script = """
                probe syscall.getppid.return { if (pid() == target()) { println(name, " ", retval > 0, " ", pp()); exit() } }
                """;
        try (var traced = run(script, CALLS + " 10 1")) {
            traced.end();

            assertThat(traced.lines()).first().isEqualTo("getppid 1 syscall.getppid.return");
        }
    }

    @Test
    void argumentsHaveTheNamesOfTheTapset() {
        var script = """
                probe syscall.execve {
                    if (pid() == target() && filename_unquoted == "%s") { println(filename, " ", argv_str); exit() }
                }
                """.formatted(CALLS);
        try (var traced = run(script, "env -u NOTHING " + CALLS + " 3 1")) {
            traced.end();

            assertThat(traced.lines()).hasSize(1);
            assertThat(traced.lines().getFirst())
                    .startsWith("\"" + CALLS + "\" [\"")
                    .endsWith(", \"3\", \"1\"]");
        }
    }

    @Test
    void severalCallsShareOneHandlerWhenItReadsTheSameOfThem() {
        var script = """
                global bytes
                probe syscall.{read,write,pread64} { if (pid() == target()) bytes += count }
                probe syscall_any { if (syscall_nr < 0) println("never") }
                probe end { println(bytes > 0); bytes = 0 }
                """;
        assertThat(Traced.compile(script, true).handlers()).hasSize(3);
        try (var traced = run(script, CALLS + " 3 1")) {
            traced.end();

            assertThat(traced.lines()).contains("1").doesNotContain("never");
        }
    }

    @Test
    void signedArgumentsKeepTheirSign() {
        var script = """
                probe syscall.openat { if (pid() == target()) { println(dfd, " ", dfd_str); exit() } }
                """;
        try (var traced = run(script, CALLS + " 3 1")) {
            traced.end();

            assertThat(traced.lines()).first().isEqualTo("-100 AT_FDCWD");
        }
    }
}
