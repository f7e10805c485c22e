package io.stapscope.tracer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The process and system call scripts of the article, unchanged but for the path of the program. */
@Tag("kernel")
@Timeout(120)
class ArticleKernelTest {
    private static final Path CALLS = Driver.program("calls");
    private static final Path FAMILY = Driver.program("family");
    private static final String SHOW = "{printf(\"%s, %s, %d, %d\\n\", execname(), pp(), pid(), cpu()); exit();}";

    @Test
    void beginFiresForAProcessThatRunsAlreadyAndPrintsOneLine() {
        try (var driver = Driver.start(CALLS, "2", "1", "hold")) {
            assertThat(driver.line()).isEqualTo("ready");
            try (var traced = Traced.start("probe process(\"" + CALLS + "\").begin " + SHOW)) {
                traced.end();
                assertThat(traced.lines()).hasSize(1);
                assertThat(traced.text())
                        .matches("calls, process\\(\"" + Pattern.quote(CALLS.toString()) + "\"\\)\\.begin, "
                                + driver.pid() + ", \\d+\n");
            }
        }
    }

    @Test
    void aRelativePathIsShownAsTheCanonicalOne() {
        var relative = Path.of("").toAbsolutePath().relativize(CALLS);
        try (var driver = Driver.start(CALLS, "2", "1", "hold")) {
            driver.line();
            try (var traced = Traced.start("probe process(\"" + relative + "\").begin " + SHOW)) {
                traced.end();
                assertThat(traced.text()).startsWith("calls, process(\"" + CALLS + "\").begin, " + driver.pid() + ", ");
            }
        }
    }

    @Test
    void endPrintsNothingBeforeTheProcessEndsAndOneLineAfter() {
        try (var driver = Driver.start(CALLS, "2", "1", "hold")) {
            driver.line();
            try (var traced = Traced.start("probe process(\"" + CALLS + "\").end " + SHOW)) {
                assertThat(traced.text()).isEmpty();
                driver.proceed();
                traced.end();
                assertThat(traced.text())
                        .matches("calls, process\\(\"" + Pattern.quote(CALLS.toString()) + "\"\\)\\.end, "
                                + driver.pid() + ", \\d+\n");
            }
        }
    }

    @Test
    void syscallShowsNumberAndFirstArgument() {
        try (var driver = Driver.start(CALLS, "1000", "1", "hold")) {
            driver.line();
            var script = "probe process(\"" + CALLS + "\").syscall { printf(\"%s, %d, %s, %d, %d, %d\\n\", execname(), "
                    + "$syscall, pp(), pid(), cpu(), $arg1); }";
            try (var traced = Traced.start(script)) {
                driver.proceed();
                assertThat(driver.awaitEnd()).isZero();
                traced.stop();
                var line = Pattern.compile("calls, (\\d+), process\\(\"" + Pattern.quote(CALLS.toString())
                        + "\"\\)\\.syscall, " + driver.pid() + ", \\d+, -?\\d+");
                assertThat(traced.lines()).allMatch(line.asMatchPredicate());
                assertThat(traced.lines().stream().filter(text -> text.startsWith("calls, 110, ")))
                        .hasSize(1000);
                assertThat(traced.lines()).anyMatch(text -> text.startsWith("calls, 1, ") && text.endsWith(", 1"));
            }
        }
    }

    @Test
    void syscallReturnShowsTheResultAsSigned() {
        try (var driver = Driver.start(CALLS, "1000", "1", "hold")) {
            driver.line();
            var script = "probe process(\"" + CALLS
                    + "\").syscall.return { printf(\"%s, %d, %s, %d, %d, %d\\n\", execname(), "
                    + "$syscall, pp(), pid(), cpu(), $return); }";
            try (var traced = Traced.start(script)) {
                driver.proceed();
                assertThat(driver.awaitEnd()).isZero();
                traced.stop();
                long parent = ProcessHandle.current().pid();
                assertThat(traced.lines().stream()
                                .filter(text -> text.startsWith("calls, 110, ") && text.endsWith(", " + parent)))
                        .hasSize(1000);
                // The read that was entered before the script began returns with its number all the same.
                assertThat(traced.lines().getFirst()).startsWith("calls, 0, ").endsWith(", 1");
            }
        }
    }

    @Test
    void theOneSecondStopClockEndsAScriptWithoutAnyTrailer() {
        try (var traced = Traced.start(
                "probe process(\"" + CALLS + "\").syscall { println($syscall) } " + "probe timer.s(1) { exit(); }")) {
            var result = traced.end();
            assertThat(result.errors()).isZero();
            assertThat(traced.text()).isEmpty();
            assertThat(traced.errors()).isEmpty();
        }
    }

    @Test
    void processesThreadsAndExecsAreCountedExactly() {
        var script = """
                global n
                probe process("FAMILY").begin { n["begin"]++ }
                probe process("FAMILY").end { n["end"]++ }
                probe process("FAMILY").thread.begin { n["thread.begin"]++ }
                probe process("FAMILY").thread.end { n["thread.end"]++ }
                probe end { foreach (k+ in n) printf("%s %d\\n", k, n[k]) }
                """.replace("FAMILY", FAMILY.toString());
        try (var traced = Traced.start(script)) {
            try (var driver = Driver.start(FAMILY, "10", "3", "4")) {
                assertThat(driver.awaitEnd()).isZero();
            }
            traced.stop();
            // The parent's exec, ten forks and four execs; each image and each process ends once.
            assertThat(traced.lines()).isEqualTo(List.of("begin 15", "end 15", "thread.begin 30", "thread.end 30"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"begin", "end", "thread.begin", "thread.end", "syscall", "syscall.return"})
    void theFormWithAProcessIdWatchesThatProcessOnly(String event) {
        try (var watched = Driver.start(CALLS, "4", "2", "hold");
                var other = Driver.start(CALLS, "4", "2", "hold")) {
            watched.line();
            other.line();
            var script = "probe process(" + watched.pid() + ")." + event + " { printf(\"%d %s\\n\", pid(), pp()) }";
            try (var traced = Traced.start(script)) {
                other.proceed();
                watched.proceed();
                watched.awaitEnd();
                other.awaitEnd();
                traced.stop();
                assertThat(traced.lines())
                        .isNotEmpty()
                        .allMatch(line -> line.equals(watched.pid() + " process(" + watched.pid() + ")." + event));
            }
        }
    }

    @Test
    void theBareFormWatchesTheTargetCommandAndItsDescendants() {
        var script = """
                global begins, calls, others
                probe process.begin { begins++; if (execname() != "family") others++ }
                probe process.end { printf("%s ends\\n", execname()) }
                probe process.syscall { calls <<< $syscall }
                probe end { printf("begins %d others %d\\n", begins, others) }
                """;
        try (var traced = Traced.start(script, Traced.command(FAMILY + " 5 0 2"))) {
            var result = traced.end();
            assertThat(result.commandStatus()).isZero();
            // The command's exec, five forks, two execs.
            // An image begun through /proc/self/exe is named "exe".
            assertThat(traced.lines()).contains("begins 8 others 2");
        }
    }

    @Test
    void theBareFormWithoutTargetSeesEveryProcessButOurs() {
        var script = "global n probe process.syscall { n[pid()]++ } probe end { foreach (p in n) println(p) }";
        try (var driver = Driver.start(CALLS, "1000", "1", "hold")) {
            driver.line();
            try (var traced = Traced.start(script)) {
                driver.proceed();
                driver.awaitEnd();
                traced.stop();
                assertThat(traced.lines())
                        .contains(String.valueOf(driver.pid()))
                        .doesNotContain(String.valueOf(ProcessHandle.current().pid()));
                assertThat(traced.windows().getLast().losses().skippedSelf()).isPositive();
            }
        }
    }
}
