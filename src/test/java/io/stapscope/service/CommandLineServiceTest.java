package io.stapscope.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.tracer.Driver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Exit codes and output of the packaged command line. */
@Tag("kernel")
@Timeout(120)
class CommandLineServiceTest {
    private static final Path CALLS = Driver.program("calls");

    @TempDir
    Path folder;

    @Test
    void aScriptThatExitsEndsWithZero() {
        var ended = PackagedCommand.run("run", "-e", "probe begin { printf(\"one\\n\") exit() }");
        assertThat(ended).isEqualTo(new PackagedCommand.Ended(0, "one\n", ""));
    }

    @Test
    void aDivisionByZeroEndsWithOneAndNamesItsPlace() {
        var ended = PackagedCommand.run("run", "-e", "global zero\nprobe begin {\n  println(1 / zero)\n}");
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.output()).isEmpty();
        assertThat(ended.errors()).isEqualTo("""
                ERROR: division by 0 near operator '/' at <input>:3:13
                WARNING: Number of errors: 1, skipped probes: 0
                """);
    }

    @Test
    void theStatusOfACommandThatFailsIsOne() {
        assertThat(PackagedCommand.run("run", "-e", "probe never {}", "-c", "false")
                        .status())
                .isEqualTo(1);
        assertThat(PackagedCommand.run("run", "-e", "probe never {}", "-c", "true")
                        .status())
                .isZero();
    }

    @Test
    void aCommandIsTracedFromItsFirstInstructionAndSharesTheTerminal() {
        var script = "probe process.begin { printf(\"%s %s %d\\n\", execname(), pp(), pid() == target()) }"
                + " probe process.syscall { if ($syscall == 110) n++ } probe end { println(n) } global n";
        var ended = PackagedCommand.run("run", "-e", script, "-c", CALLS + " 1000 1");
        assertThat(ended.status()).as(ended.errors()).isZero();
        assertThat(ended.lines()).contains("calls process.begin 1").endsWith("1000");
        assertThat(ended.lines()).anyMatch(line -> line.contains("\"getppid\": 1000"));
    }

    @Test
    void aTimeLimitEndsTheScriptAndItsEndProbeRuns() {
        long began = System.nanoTime();
        var ended = PackagedCommand.run("run", "-T", "1", "-e", "probe never {} probe end { println(\"over\") }");
        assertThat(ended).isEqualTo(new PackagedCommand.Ended(0, "over\n", ""));
        assertThat(System.nanoTime() - began).isGreaterThan(1_000_000_000);
    }

    @Test
    void outputGoesToAFileAndArgumentsToTheScript() throws IOException {
        var file = folder.resolve("out");
        var script = folder.resolve("script.stp");
        Files.writeString(script, "probe begin { printf(\"%d %s\\n\", $1 + 1, @2) exit() }");
        var ended = PackagedCommand.run("run", "-o", file.toString(), script.toString(), "41", "word");
        assertThat(ended).isEqualTo(new PackagedCommand.Ended(0, "", ""));
        assertThat(file).hasContent("42 word\n");
    }

    @Test
    void ctrlCEndsTheScriptAsExitDoes() {
        var script = "global n probe process(\"" + CALLS + "\").syscall { n++ } probe end { println(\"ended\") }";
        var ready = folder.resolve("ready");
        try (var command = PackagedCommand.start(Map.of(), "run", "-v", "-o", ready.toString(), "-e", script)) {
            awaitPrograms(command);
            var programs = KernelPrograms.of(command.pid());
            command.interrupt();
            var ended = command.awaitEnd(20);
            assertThat(ended.status()).as(ended.errors()).isZero();
            assertThat(ready).hasContent("ended\nn=0\n");
            KernelPrograms.assertGoneWithinASecond(programs);
        }
    }

    /** The programs are there a moment before the signal handlers are: those come with the report of -v. */
    private static void awaitPrograms(PackagedCommand command) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (KernelPrograms.of(command.pid()).isEmpty()) {
            assertThat(command.isAlive()).isTrue();
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Test
    void aWrongCallOfRunSaysWhatToDo() {
        assertThat(PackagedCommand.run("run"))
                .isEqualTo(new PackagedCommand.Ended(
                        1, "", "stapscope run: no script: give a file, - for standard input, or -e 'SCRIPT'\n"));
        assertThat(PackagedCommand.run("run", "/nowhere/script.stp").errors())
                .isEqualTo("stapscope run: no such file: /nowhere/script.stp\n");
        assertThat(PackagedCommand.run("run", "-x", "4194304", "-e", "probe begin {}"))
                .isEqualTo(new PackagedCommand.Ended(1, "", "stapscope run: -x 4194304: no such process\n"));
    }

    @Test
    void checkNamesCodeLineAndColumn() throws IOException {
        var right = Files.writeString(folder.resolve("right.stp"), "probe begin { exit() }\n");
        var wrong = Files.writeString(folder.resolve("wrong.stp"), "probe begin {\n  printn(1)\n}\n");
        var good = PackagedCommand.run("check", right.toString());
        assertThat(good).isEqualTo(new PackagedCommand.Ended(0, right + ": ok\n", ""));
        var bad = PackagedCommand.run("check", right.toString(), wrong.toString());
        assertThat(bad.status()).isEqualTo(1);
        assertThat(bad.errors()).isEmpty();
        assertThat(bad.lines()).startsWith(right + ": ok").endsWith(wrong + ": 1 error");
        assertThat(bad.output()).containsPattern("error\\[E0\\d{3}]: .*printn").contains("--> " + wrong + ":2:3");
        assertThat(PackagedCommand.run("check", "-e", "probe begin {").status()).isEqualTo(1);
        assertThat(PackagedCommand.run("run", "-e", "probe begin {").status()).isEqualTo(1);
    }

    @Test
    void listShowsWhatMatches() {
        var found = PackagedCommand.run("list", "process.**");
        assertThat(found.status()).isZero();
        assertThat(found.lines())
                .contains("process.begin", "process.syscall.return")
                .allMatch(line -> line.startsWith("process."));
        var nothing = PackagedCommand.run("list", "nosuchprobe");
        assertThat(nothing.status()).isEqualTo(1);
        assertThat(nothing.output()).isEmpty();
        assertThat(nothing.errors())
                .isEqualTo("stapscope list: no probe point matches 'nosuchprobe'; try: stapscope list '**'\n");
    }

    @Test
    void doctorSaysThatThisMachineCanTrace() {
        var ended = PackagedCommand.run("doctor");
        assertThat(ended.status()).as(ended.output()).isZero();
        assertThat(ended.output()).contains("BTF");
        assertThat(ended.errors()).isEmpty();
    }

    @Test
    void unknownOptionsAndCommandsEndWithOneAndSayWhereToLook() {
        assertThat(PackagedCommand.run("run", "--nonsense"))
                .isEqualTo(new PackagedCommand.Ended(
                        1, "", "stapscope run: unrecognized option: --nonsense; see stapscope run --help\n"));
        assertThat(PackagedCommand.run("nonsense").errors())
                .isEqualTo("stapscope: there is no command 'nonsense'; see stapscope help\n");
        assertThat(PackagedCommand.run("run", "-k", "-e", "probe begin {}").status())
                .isEqualTo(1);
        assertThat(PackagedCommand.run("run", "--help").output())
                .startsWith("Usage: stapscope run ")
                .contains("--suppress-handler-errors");
        assertThat(PackagedCommand.run("--version").output()).matches("stapscope \\S+\n");
    }

    @Test
    void eachPassCanBeTheLast() {
        var script = "global n probe process.syscall { n++ } probe end { println(n) }";
        assertThat(PackagedCommand.run("run", "-p1", "-e", script).output())
                .startsWith("# parse tree dump\n# file <input>\n")
                .contains("probe process.syscall {\n");
        assertThat(PackagedCommand.run("run", "-p2", "-e", script))
                .isEqualTo(new PackagedCommand.Ended(0, "# globals\nn:long\n# probes\nprocess.syscall\nend\n", ""));
        assertThat(PackagedCommand.run("run", "-p4", "-e", script).output())
                .matches("1 program, \\d+ instructions, \\d+ maps: accepted by the kernel's verifier\n");
        assertThat(PackagedCommand.run("run", "-vp4", "-e", script).output())
                .contains("program sys_enter0 on BTF raw tracepoint sys_enter\n")
                .contains("   1  " + script + "\n")
                .contains("call get_current_task_btf");
    }

    @Test
    void globalsTakeTheirValuesFromTheCommandLine() {
        var script = "global n, s probe begin { printf(\"%d %s\\n\", n, s) exit() }";
        assertThat(PackagedCommand.run("run", "-Gn=0x10", "-G", "s=a b", "-e", script))
                .isEqualTo(new PackagedCommand.Ended(0, "16 a b\n", ""));
        assertThat(PackagedCommand.run("run", "-Gm=1", "-e", script).errors()).contains("error[E0322]");
    }

    @Test
    void suppressedErrorsEndTheirHandlerOnly() {
        var script = "global zero probe begin { println(1 / zero) } probe begin { println(\"second\") exit() }";
        assertThat(PackagedCommand.run("run", "--suppress-handler-errors", "-e", script))
                .isEqualTo(new PackagedCommand.Ended(0, "second\n", ""));
    }

    @Test
    void hitsAreReportedAtTheEnd() {
        var script = "probe process(\"" + CALLS + "\").syscall { if ($syscall == 110) n++ } global n";
        var ended = PackagedCommand.run("run", "-t", "-e", script, "-c", CALLS + " 1000 1");
        assertThat(ended.status()).as(ended.errors()).isZero();
        assertThat(ended.lines()).contains("n=1000", "----- probe hit report:");
        assertThat(ended.output())
                .containsPattern("process\\(\"" + CALLS
                        + "\"\\)\\.syscall, \\(<input>:1:\\d+\\), hits: 1\\d{3}, ns/hit: \\d+\n");
    }

    @Test
    void withoutPrivilegesOtherPointsAreRefused() {
        var refused = PackagedCommand.run("run", "--unprivileged", "-e", "probe kernel.trace(\"sched_switch\") {}");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.errors()).contains("error[E0323]").contains("stapusr");
    }

    @Test
    void pointsAreListedWithTheirVariables() {
        assertThat(PackagedCommand.run("run", "-l", "process.syscall*").lines()).containsExactly("process.syscall");
        assertThat(PackagedCommand.run("run", "-L", "process.syscall.return").output())
                .startsWith("process.syscall.return ")
                .contains(" $return:long");
        assertThat(PackagedCommand.run("run", "-l", "nosuchprobe")).isEqualTo(new PackagedCommand.Ended(1, "", ""));
    }

    @Test
    void fiveHundredFilesAreCheckedInOneCall() throws IOException {
        var words = new ArrayList<>(List.of("check", "-w"));
        for (int i = 0; i < 500; i++) {
            var text = "global n probe process.syscall { if ($syscall == " + i + ") n[pid()]++ }\n";
            words.add(Files.writeString(folder.resolve(i + ".stp"), text).toString());
        }
        var ended = PackagedCommand.run(words.toArray(String[]::new));
        assertThat(ended.status()).isZero();
        assertThat(ended.errors()).isEmpty();
        assertThat(ended.lines()).hasSize(500).allMatch(line -> line.endsWith(".stp: ok"));
        words.add(1, "-p4");
        assertThat(PackagedCommand.run(words.toArray(String[]::new)).lines())
                .hasSize(500)
                .allMatch(line -> line.endsWith(".stp: ok"));
    }

    @Test
    void checkStopsAfterThePassThatIsAskedFor() throws IOException {
        var untyped = Files.writeString(folder.resolve("untyped.stp"), "probe begin { println(nothing) }\n");
        assertThat(PackagedCommand.run("check", "-p1", untyped.toString()).output())
                .isEqualTo(untyped + ": ok\n");
        assertThat(PackagedCommand.run("check", "-p2", untyped.toString()).status())
                .isEqualTo(1);
    }
}
