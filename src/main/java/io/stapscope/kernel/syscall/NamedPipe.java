package io.stapscope.kernel.syscall;

import java.nio.file.Path;

/** A FIFO in the file system. */
public final class NamedPipe {
    private NamedPipe() {}

    /**
     * Makes one.
     *
     * @param mode its permissions, less those that the process's umask takes away
     * @throws KernelException when it cannot be made, such as when the path exists
     */
    public static void create(Path path, int mode) {
        long made = LibC.checked(LibC.mkfifo(path.toString(), mode));
        if (made < 0) {
            throw new KernelException("mkfifo", (int) -made, path.toString());
        }
    }
}
