package io.stapscope.kernel.syscall;

/** Holds a file by a descriptor that can neither read nor write it: whoever gets its path later is another file. */
public final class FileHandle implements AutoCloseable {
    private static final int O_CLOEXEC = 0x80000;
    private static final int O_PATH = 0x200000;

    private final Descriptor descriptor;

    private FileHandle(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** Follows symbolic links, the magic ones of /proc too; waits for nothing. */
    public static FileHandle open(String path) {
        long result = LibC.checked(LibC.open(path, O_PATH | O_CLOEXEC));
        if (result < 0) {
            throw new KernelException("open", (int) -result, path);
        }
        return new FileHandle(Descriptor.adopt((int) result, path));
    }

    /** A path that means this file while it is open, in this process alone. */
    public String path() {
        return "/proc/self/fd/" + descriptor.number();
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
