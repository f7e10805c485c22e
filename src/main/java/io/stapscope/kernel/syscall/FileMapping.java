package io.stapscope.kernel.syscall;

/** A file of the kernel's own file systems, mapped: reading such files through read(2) is far slower. */
public final class FileMapping {
    private static final int O_RDONLY = 0;
    private static final int O_CLOEXEC = 0x80000;

    private FileMapping() {}

    /** @param length bytes to map, as the file's own size says */
    public static Mapping read(String path, long length) {
        long result = LibC.checked(LibC.open(path, O_RDONLY | O_CLOEXEC));
        if (result < 0) {
            throw new KernelException("open", (int) -result, path);
        }
        // The pages stay when the descriptor goes.
        try (var file = Descriptor.adopt((int) result, path)) {
            return Mapping.of(file, Mapping.Access.READ_PRIVATE, 0, length, path);
        }
    }
}
