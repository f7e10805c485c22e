package io.stapscope.kernel.syscall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("kernel")
@Timeout(30)
class ProcessEndsKernelTest {
    @Test
    void eachEndIsToldOnce() throws Exception {
        try (var ends = new ProcessEnds()) {
            var cats = new ArrayList<Process>();
            for (int i = 0; i < 3; i++) {
                var cat = new ProcessBuilder("cat").start();
                cats.add(cat);
                ends.watch((int) cat.pid());
            }
            assertThat(ends.take()).isEmpty();
            for (var cat : List.of(cats.get(1), cats.get(0), cats.get(2))) {
                cat.getOutputStream().close();
                assertThat(cat.waitFor()).isZero();
                assertThat(ends.take()).containsExactly((int) cat.pid());
            }
            assertThat(ends.take()).isEmpty();
        }
    }

    @Test
    void whoHasEndedBeforeIsToldToo() throws Exception {
        var gone = new ProcessBuilder("true").start();
        assertThat(gone.waitFor()).isZero();
        try (var ends = new ProcessEnds()) {
            ends.watch((int) gone.pid());
            assertThat(ends.take()).containsExactly((int) gone.pid());
            assertThat(ends.take()).isEmpty();
        }
    }

    @Test
    void ofAThreadNothingIsTold() throws IOException {
        var self = ProcessHandle.current().pid();
        try (var threads = Files.list(Path.of("/proc/self/task"));
                var ends = new ProcessEnds()) {
            threads.mapToInt(thread -> Integer.parseInt(thread.getFileName().toString()))
                    .filter(thread -> thread != self)
                    .limit(3)
                    .forEach(ends::watch);
            assertThat(ends.take()).isEmpty();
        }
    }

    @Test
    void nothingStaysOpen() throws Exception {
        var cat = new ProcessBuilder("cat").start();
        try {
            try (var ends = new ProcessEnds()) {
                for (int i = 0; i < 100; i++) {
                    ends.watch((int) cat.pid());
                }
                assertThat(ends.take()).isEmpty();
                assertThat(openProcesses()).isEqualTo(100);
            }
            assertThat(openProcesses()).isZero();
        } finally {
            cat.destroy();
            assertThat(cat.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static long openProcesses() throws IOException {
        long count = 0;
        try (var descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (var descriptor : descriptors) {
                count += isProcess(descriptor) ? 1 : 0;
            }
        }
        return count;
    }

    private static boolean isProcess(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).toString().contains("pidfd");
        } catch (NoSuchFileException closed) {
            return false;
        }
    }
}
