package io.stapscope.kernel.map;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What /proc/self/fdinfo tells about one of our descriptors. */
final class DescriptorInfo {
    private static final String MEMORY = "memlock:";

    private DescriptorInfo() {}

    /** The kernel's charge for a map, 0 when it does not say. */
    static long memoryBytes(int descriptor) {
        try {
            for (var line : Files.readAllLines(Path.of("/proc/self/fdinfo/" + descriptor))) {
                if (line.startsWith(MEMORY)) {
                    return Long.parseLong(line.substring(MEMORY.length()).strip());
                }
            }
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
