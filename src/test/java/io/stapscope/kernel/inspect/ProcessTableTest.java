package io.stapscope.kernel.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.kernel.inspect.ProcessEntry.ThreadEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ProcessTableTest {
    private static final int SELF = (int) ProcessHandle.current().pid();

    @Test
    void thisProcessIsShownAsItIs() throws IOException {
        var self = ProcessTable.read().find(SELF);

        assertThat(self).isNotNull();
        assertThat(self.name()).isEqualTo("java");
        assertThat(self.uid()).isEqualTo(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        assertThat(self.executable()).isEqualTo(FileIdentity.of(Path.of("/proc/self/exe")));
        assertThat(self.threads()).hasSizeGreaterThan(1);
        assertThat(self.threads().getFirst().tid()).isEqualTo(SELF);
        assertThat(self.identity().isAlive()).isTrue();
        assertThat(new ProcessIdentity(SELF, self.startTicks() + 1).isAlive()).isFalse();
        assertThat(ProcessTable.commandLine(SELF)).contains("java");
    }

    @Test
    void theLeaderIsFirstThoughIdsBeganAgain(@TempDir Path process) throws IOException {
        for (int tid : new int[] {400, 300, 32_000}) {
            var directory = Files.createDirectories(process.resolve("task/" + tid));
            Files.writeString(directory.resolve("stat"), tid + " (late) S" + " 7".repeat(49));
        }

        assertThat(ProcessTable.readThreads(32_000, process))
                .extracting(ThreadEntry::tid)
                .containsExactly(32_000, 300, 400);
    }

    @Test
    void childrenAndTheirChildrenAreDescendants() throws IOException {
        var child = new ProcessBuilder("/bin/sh", "-c", "sleep 60 & echo $!; wait")
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .start();
        try (var lines = child.inputReader()) {
            int grandchild = Integer.parseInt(lines.readLine());
            int pid = (int) child.pid();

            assertThat(ProcessTable.read().withDescendants(SELF)).contains(SELF, pid, grandchild);
            assertThat(ProcessTable.read().withDescendants(pid)).containsExactlyInAnyOrder(pid, grandchild);
            assertThat(Descendants.with(SELF)).contains(SELF, pid, grandchild);
            assertThat(Descendants.with(pid)).containsExactlyInAnyOrder(pid, grandchild);
            var identity = ProcessIdentity.of(grandchild);
            assertThat(identity).isNotNull();

            var ended = ProcessHandle.of(grandchild).orElseThrow();
            assertThat(ended.destroyForcibly()).isTrue();
            assertThat(child.onExit().join().isAlive()).isFalse();
            assertThat(identity.isAlive()).isFalse();
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    void aProcessThatIsNotThereHasNoDescendants() {
        assertThat(Descendants.with(Integer.MAX_VALUE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'42 (a name) S 7 42 0', 7", "'42 (a) R 1 (b) Z 123', 123", "'2 (kthreadd) S 0 0', 0", "'', 0", "')', 0"
    })
    void theParentStandsBehindAnyName(String line, int parent) {
        var bytes = line.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Descendants.parent(bytes, bytes.length)).isEqualTo(parent);
    }

    @Test
    void idsOfThreadsAreNoProcesses() {
        var threads = ProcessTable.readProcess(SELF).threads();

        assertThat(ProcessIdentity.of(threads.getLast().tid())).isNull();
        assertThat(ProcessTable.readProcess(threads.getLast().tid())).isNull();
    }

    @Test
    void namesMayHoldAnything() {
        var tail = " S 7" + " 0".repeat(17) + " 4711" + " 0".repeat(16) + " 3 0 0\n";
        var stat = TaskStat.parse("42 (a) b (c" + tail.replaceFirst(" S", ") S"));

        assertThat(stat).isEqualTo(new TaskStat(42, "a) b (c", 'S', 7, 4711, 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1 (", "1 (x)", "1 (x) S", ") 1 (x"})
    void cutOffLinesAreNoTasks(String line) {
        assertThat(TaskStat.parse(line)).isNull();
    }
}
