package io.stapscope.kernel.syscall;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** CPUs that may ever come online, which fixes the length of per-CPU values. Read once: it cannot change. */
public final class PossibleCpus {
    private static final Path SOURCE = Path.of("/sys/devices/system/cpu/possible");

    private PossibleCpus() {}

    private static final class Holder {
        static final int COUNT = read();

        private static int read() {
            try {
                return parse(Files.readString(SOURCE));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public static int count() {
        return Holder.COUNT;
    }

    /** One more than the highest number of a list such as {@code 0-3,8}: values are indexed by CPU number. */
    static int parse(String list) {
        var text = list.strip();
        int start = Math.max(text.lastIndexOf(','), text.lastIndexOf('-')) + 1;
        return Integer.parseInt(text.substring(start)) + 1;
    }
}
