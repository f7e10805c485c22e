package io.stapscope.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.tracer.Driver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** Which BPF programs there are, told by the kernel. The kernel does not give an id again. */
final class KernelPrograms {
    private KernelPrograms() {}

    /** Ids of the programs that a process has loaded or attached. */
    static Set<Integer> of(int pid) {
        var ids = new TreeSet<Integer>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fdinfo"))) {
            for (var file : files) {
                addIds(file, ids);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ids;
    }

    private static void addIds(Path file, Set<Integer> ids) throws IOException {
        try {
            for (var line : Files.readAllLines(file)) {
                if (line.startsWith("prog_id:")) {
                    ids.add(Integer.valueOf(line.substring("prog_id:".length()).strip()));
                }
            }
        } catch (IOException e) {
            // Closed since it was listed, or since it was opened.
            if (Files.exists(file)) {
                throw e;
            }
        }
    }

    /** Ids of all programs of this machine. */
    static Set<Integer> all() {
        try {
            var process = new ProcessBuilder(Driver.program("programs").toString()).start();
            var ids = new TreeSet<Integer>();
            new String(process.getInputStream().readAllBytes())
                    .lines()
                    .map(Integer::valueOf)
                    .forEach(ids::add);
            assertThat(process.waitFor()).isZero();
            return ids;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits at most a second until none of these is left. */
    static void assertGoneWithinASecond(Set<Integer> ids) {
        long deadline = System.nanoTime() + 1_000_000_000;
        var left = left(ids);
        while (!left.isEmpty() && System.nanoTime() < deadline) {
            left = left(ids);
        }
        assertThat(left).as("programs left after a second").isEmpty();
    }

    private static Set<Integer> left(Set<Integer> ids) {
        var left = all();
        left.retainAll(ids);
        return left;
    }
}
