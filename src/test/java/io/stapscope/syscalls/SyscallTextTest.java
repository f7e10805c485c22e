package io.stapscope.syscalls;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.kernel.inspect.ArchitectureSyscalls;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyscallTextTest {
    private static final long AT = 0x1000;
    private static final long ELSEWHERE = 0x2000;

    private final SyscallTables tables = SyscallTables.of(ArchitectureSyscalls.of("x86_64"), "x86_64");
    private final SyscallText text = new SyscallText(tables);
    private final Snapshots memory = new Snapshots();

    private String write(String call, long... arguments) {
        return text.arguments(snapshot(call, arguments));
    }

    private String snapshot(String call, long... arguments) {
        int number = tables.number(call).orElseThrow();
        return memory.of(number, tables.describe(number).plan(), arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x86_64", "aarch64"})
    void everyCallOfAKernelIsDescribed(String architecture) {
        var all = SyscallTables.of(ArchitectureSyscalls.of(architecture), architecture);

        assertThat(all.names()).hasSizeGreaterThan(300).allSatisfy((number, name) -> {
            var description = all.describe(number);
            assertThat(description.name()).isEqualTo(name);
            assertThat(description.plan().size()).isLessThanOrEqualTo(SnapshotLayout.MOST_BYTES);
            assertThat(description.plan().areas()).hasSizeLessThanOrEqualTo(SnapshotLayout.MOST_AREAS);
        });
    }

    @Test
    void aCallThatNobodyKnowsHasSixNumbers() {
        assertThat(text.arguments(memory.of(999, tables.describe(999).plan(), 1, 2, 0, 4, 5, 255)))
                .isEqualTo("0x1, 0x2, 0, 0x4, 0x5, 0xff");
    }

    @Test
    void pathsAreQuotedAndFlagsNamed() {
        memory.memory(AT, "/tmp/a\n\"b\"\u00ff1\0");

        assertThat(write("openat", -100, AT, 02000101, 0644))
                .isEqualTo("AT_FDCWD, \"/tmp/a\\n\\\"b\\\"\\3771\", O_WRONLY|O_CREAT|O_CLOEXEC, 0644");
        assertThat(write("openat", -100, AT, 0)).isEqualTo("AT_FDCWD, \"/tmp/a\\n\\\"b\\\"\\3771\", O_RDONLY");
        assertThat(write("open", 0, 0)).isEqualTo("NULL, O_RDONLY");
        assertThat(write("open", 0x9000, 0)).isEqualTo("0x9000, O_RDONLY");
    }

    @Test
    void buffersShowTheirFirstThirtyTwoBytes() {
        memory.memory(AT, "0123456789".repeat(10));

        assertThat(write("write", 1, AT, 5)).isEqualTo("1, \"01234\", 5");
        assertThat(write("write", 1, AT, 33)).isEqualTo("1, \"01234567890123456789012345678901\"..., 33");
        assertThat(write("write", 1, AT, 0)).isEqualTo("1, \"\", 0");
        assertThat(write("write", -1, 0x9000, 4)).isEqualTo("-1, 0x9000, 4");
        assertThat(write("read", 0, AT, 4)).isEqualTo("0, 0x1000, 4");
    }

    @Test
    void structuresHaveTheirMembersNamed() {
        memory.words(AT, 1, 500).words(ELSEWHERE, 0x0000000100000003L);

        assertThat(write("nanosleep", AT, 0)).isEqualTo("{tv_sec=1, tv_nsec=500}, NULL");
        assertThat(write("poll", ELSEWHERE, 1, -1)).isEqualTo("[{fd=3, events=POLLIN}], 1, -1");
        assertThat(write("kill", 7, 9)).isEqualTo("7, SIGKILL");
    }

    @Test
    void addressesOfSocketsAreReadable() {
        memory.memory(AT, "\2\0\0\120\177\0\0\1" + "\0".repeat(8));

        assertThat(write("connect", 3, AT, 16))
                .isEqualTo("3, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr(\"127.0.0.1\")}, 16");
    }

    @Test
    void vectorsShowTheirBuffers() {
        memory.words(AT, ELSEWHERE, 3, ELSEWHERE + 3, 1).memory(ELSEWHERE, "abcd");

        assertThat(write("writev", 1, AT, 2))
                .isEqualTo("1, [{iov_base=\"abc\", iov_len=3}, {iov_base=\"d\", iov_len=1}], 2");
    }

    @Test
    void programsShowTheirArgumentsAndCountTheirEnvironment() {
        memory.words(AT, ELSEWHERE, ELSEWHERE + 3, 0)
                .memory(ELSEWHERE, "ls\0-l\0")
                .words(0x3000, 1, 2, 3, 0);

        assertThat(write("execve", ELSEWHERE, AT, 0x3000)).isEqualTo("\"ls\", [\"ls\", \"-l\"], 0x3000 /* 3 vars */");
    }

    @Test
    void setsThatHoldMostSignalsAreWrittenByWhatTheyLack() {
        memory.words(AT, ~(1L << 31 | 1L << 32)).words(ELSEWHERE, 1L << 1);

        assertThat(write("rt_sigprocmask", 0, AT, 0, 8)).isEqualTo("SIG_BLOCK, ~[RTMIN RT_1], NULL, 8");
        assertThat(write("rt_sigprocmask", 2, ELSEWHERE, 0, 8)).isEqualTo("SIG_SETMASK, [INT], NULL, 8");
    }

    @Test
    void oneCallMayHaveSeveralForms() {
        assertThat(write("fcntl", 3, 1)).isEqualTo("3, F_GETFD");
        assertThat(write("fcntl", 3, 2, 1)).isEqualTo("3, F_SETFD, FD_CLOEXEC");
        assertThat(write("futex", 0x10, 0x81, 1)).isEqualTo("0x10, FUTEX_WAKE_PRIVATE, 1");
        assertThat(write("clone", 0x1200011, 0, 0, 0x7f00))
                .isEqualTo("child_stack=NULL, flags=CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID|SIGCHLD, "
                        + "child_tidptr=0x7f00");
    }

    @Test
    void variablesAreNumbersAndTexts() {
        memory.memory(AT, "/etc/x\0");
        var open = snapshot("openat", -100, AT, 02000000, 0);

        assertThat(tables.describe(257).variables())
                .extracting(SyscallDescription.Variable::name)
                .containsExactly(
                        "dfd",
                        "dfd_str",
                        "filename",
                        "filename_unquoted",
                        "filename_uaddr",
                        "flags",
                        "flags_str",
                        "mode",
                        "mode_str");
        assertThat(text.text(open, "filename")).isEqualTo("\"/etc/x\"");
        assertThat(text.text(open, "filename_unquoted")).isEqualTo("/etc/x");
        assertThat(text.text(open, "flags_str")).isEqualTo("O_RDONLY|O_CLOEXEC");
        assertThat(text.number(open, "dfd")).isEqualTo(-100);
    }

    @Test
    void resultsNameTheirErrors() {
        assertThat(text.returned(0, 5)).isEqualTo("5");
        assertThat(text.returned(2, -2)).isEqualTo("-2 (ENOENT)");
        assertThat(text.returned(9, 0x7f0000)).isEqualTo("0x7f0000");
        assertThat(text.returned(95, 022)).isEqualTo("022");
    }

    @Test
    void constantsAreFoundByName() {
        assertThat(Constants.of("x86_64").find("O_CREAT")).hasValue(0x40);
        assertThat(Constants.of("aarch64").find("O_DIRECTORY")).hasValue(0x4000);
        assertThat(Constants.of("x86_64").find("O_DIRECTORY")).hasValue(0x10000);
        assertThat(Constants.of("x86_64").find("ENOENT")).hasValue(2);
        assertThat(List.of("NOTHING"))
                .allSatisfy(
                        name -> assertThat(Constants.of("x86_64").find(name)).isEmpty());
    }
}
