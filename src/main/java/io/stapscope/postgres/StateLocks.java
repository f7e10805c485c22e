package io.stapscope.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Two locks on files of the state directory: {@code start} is held while a server is started or stopped, so that two
 * never race; {@code use} is shared by all processes that use the server, so that the last one stops it. The kernel
 * drops both with the process.
 */
final class StateLocks implements AutoCloseable {
    private final FileChannel start;
    private final FileChannel use;
    private final Path directory;

    StateLocks(Path directory) throws IOException {
        this.directory = directory;
        start = open(directory.resolve("start.lock"));
        use = open(directory.resolve("use.lock"));
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Waits for another process that starts or stops the server right now. */
    FileLock starting() throws IOException {
        try {
            return start.lock();
        } catch (OverlappingFileLockException e) {
            throw inThisProcess(e);
        }
    }

    @SuppressWarnings("resource") // lives as long as the channel
    void join() throws IOException {
        try {
            use.lock(0, Long.MAX_VALUE, true);
        } catch (OverlappingFileLockException e) {
            throw inThisProcess(e);
        }
    }

    /** Gives up our share; true when nobody else has one. */
    boolean leaveAsLast() throws IOException {
        use.close();
        try (FileChannel again = open(directory.resolve("use.lock"));
                FileLock all = again.tryLock()) {
            return all != null;
        }
    }

    private PostgresException inThisProcess(OverlappingFileLockException e) {
        return new PostgresException("the server in " + directory + " is already used by this process", e);
    }

    @Override
    public void close() throws IOException {
        use.close();
        start.close();
    }
}
