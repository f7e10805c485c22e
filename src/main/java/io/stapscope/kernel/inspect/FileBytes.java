package io.stapscope.kernel.inspect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * All bytes of a file. Those of a small one are copied: what is mapped changes when somebody writes the file, and cutting it
 * off makes reading fail hard. Larger ones are mapped; those are packages' files, which are replaced and not rewritten.
 */
final class FileBytes {
    private static final int COPIED = 32 << 20;

    private FileBytes() {}

    /** @throws IOException when it cannot be read, or has more than 2 GB */
    static ByteBuffer of(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size > Integer.MAX_VALUE) {
                throw new IOException(file + " has more than 2 GB");
            }
            if (size > COPIED) {
                return channel.map(MapMode.READ_ONLY, 0, size);
            }
            var bytes = ByteBuffer.allocateDirect((int) size);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // A short read is no end.
            }
            return bytes.flip();
        }
    }
}
