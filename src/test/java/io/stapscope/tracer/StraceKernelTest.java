package io.stapscope.tracer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stapscope.syscalls.SyscallTables;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What scripts see of a system call is what strace writes. */
@Tag("kernel")
@Timeout(120)
class StraceKernelTest {
    private static final Path CALLS = Driver.program("calls_of_all_kinds");
    private static final String MARK = "424242";
    private static final SyscallTables TABLES = SyscallTables.of(Traced.HOST.syscalls(), Traced.HOST.architecture());

    /** Their results tell the time, the process, or how many objects there were before. */
    private static final Set<String> DIFFERENT_EACH_TIME =
            Set.of("time", "times", "getpid", "gettid", "getppid", "shmget");

    private static final String SCRIPT = """
            global begun
            probe syscall.* {
                if (pid() == target()) begun[tid()] = sprintf("%s(%s)", name, argstr)
            }
            probe syscall.*.return {
                if (tid() in begun) printf("%s = %s\\n", begun[tid()], retstr)
                delete begun[tid()]
            }
            """;

    @TempDir
    private Path directory;

    @BeforeAll
    static void straceIsInstalled() {
        var places = Stream.of("/usr/bin/strace", "/bin/strace", "/usr/local/bin/strace");
        assumeTrue(places.map(Path::of).anyMatch(Files::isExecutable), "no strace");
    }

    @Test
    void argumentsAndResultsAreThoseOfStrace() throws Exception {
        var expected = strace("decoded");
        var raw = strace("raw", "-e", "raw=all");
        var ours = traced();

        assertThat(ours).extracting(StraceLine::name).isEqualTo(names(expected)).isEqualTo(names(raw));
        assertThat(Set.copyOf(names(ours))).as("different system calls").hasSizeGreaterThan(200);
        assertThat(expected.stream()
                        .filter(line -> line.result().startsWith("-1 E"))
                        .count())
                .as("failing calls")
                .isBetween(150L, 250L);
        var differences = new ArrayList<String>();
        for (int i = 0; i < expected.size(); i++) {
            compare(expected.get(i), raw.get(i), ours.get(i), differences);
        }
        assertThat(differences).isEmpty();
    }

    private static void compare(StraceLine expected, StraceLine raw, StraceLine ours, List<String> differences) {
        boolean same = ours.fields().size() == expected.fields().size();
        for (int i = 0; same && i < ours.fields().size(); i++) {
            same = isSame(expected, raw, ours, i);
        }
        same &= DIFFERENT_EACH_TIME.contains(ours.name()) || ours.plainResult().equals(expected.plainResult());
        if (!same) {
            differences.add("strace " + expected + "\nours   " + ours);
        }
    }

    /**
     * What the kernel writes, strace shows when the call has returned; at its entry only the address is there, which
     * strace shows when it does not decode. Of a value that is read and written we see the one that is read.
     */
    private static boolean isSame(StraceLine expected, StraceLine raw, StraceLine ours, int i) {
        var field = ours.fields().get(i);
        if (field.equals(expected.fields().get(i).replaceFirst(" => [^]]*", ""))) {
            return true;
        }
        var number = TABLES.number(ours.name());
        return TABLES.describe(number.orElseThrow()).receives(i)
                && field.equals(raw.fields().get(i));
    }

    private static List<String> names(List<StraceLine> lines) {
        return lines.stream().map(StraceLine::name).toList();
    }

    private String command(String name) throws IOException {
        return "setarch -R " + CALLS + " " + Files.createDirectory(directory.resolve(name));
    }

    private List<StraceLine> strace(String name, String... options) throws Exception {
        var file = directory.resolve(name + ".txt");
        var command = new ArrayList<>(List.of("strace", "-f", "-o", file.toString()));
        command.addAll(List.of(options));
        command.addAll(List.of(command(name).split(" ")));
        // Whether its input can be read must not differ from ours.
        var builder = new ProcessBuilder(command).inheritIO().redirectInput(new File("/dev/null"));
        builder.environment().put("TZ", "UTC");
        assertThat(builder.start().waitFor()).isZero();
        return between(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
    }

    private List<StraceLine> traced() throws IOException {
        try (var traced = Traced.start(SCRIPT, Traced.command("exec " + command("ours") + " </dev/null"))) {
            var result = traced.end();
            assertThat(result.losses().lostEvents()).isZero();
            assertThat(traced.errors()).isEmpty();
            return between(traced.lines());
        }
    }

    /** The calls from the first mark to the second. */
    private static List<StraceLine> between(List<String> lines) {
        var calls = lines.stream().map(StraceLine::of).filter(Objects::nonNull).toList();
        var marks = new ArrayList<Integer>();
        for (int i = 0; i < calls.size(); i++) {
            var fields = calls.get(i).fields();
            if (calls.get(i).name().equals("getpgid")
                    && Long.toString(Long.decode(fields.getFirst())).equals(MARK)) {
                marks.add(i);
            }
        }
        assertThat(marks).as("marks of the driver").hasSize(2);
        return calls.subList(marks.get(0), marks.get(1));
    }
}
