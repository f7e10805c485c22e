package io.stapscope.kernel.syscall;

import io.stapscope.kernel.abi.SyscallNumber;
import java.nio.file.Path;

/**
 * A file system of the kernel's, mounted read-only for this process alone: it has no place in the tree of files and is
 * gone when this is closed. See fsopen(2); needs CAP_SYS_ADMIN.
 */
public final class DetachedMount implements AutoCloseable {
    private static final long CLOSE_ON_EXEC = 1;
    private static final long COMMAND_CREATE = 6;
    private static final long READ_ONLY = 1;
    private static final long NO_SETUID = 2;
    private static final long NO_DEVICES = 4;
    private static final long NO_EXEC = 8;

    private final Descriptor mount;

    private DetachedMount(Descriptor mount) {
        this.mount = mount;
    }

    /**
     * Mounts a file system.
     *
     * @param type its name in the kernel: {@code tracefs}
     * @throws KernelException when the kernel does not know it, or does not let us
     */
    public static DetachedMount of(String type) {
        var name = NativeBuffer.ofString(type);
        var context = descriptor(
                "fsopen",
                LibC.checked(LibC.syscall(SyscallNumber.FSOPEN, name.address(), CLOSE_ON_EXEC, 0, 0, 0, 0)),
                type);
        name.keepAlive();
        try (context) {
            long created =
                    LibC.checked(LibC.syscall(SyscallNumber.FSCONFIG, context.number(), COMMAND_CREATE, 0, 0, 0, 0));
            if (created < 0) {
                throw new KernelException("fsconfig", (int) -created, type);
            }
            return new DetachedMount(descriptor(
                    "fsmount",
                    LibC.checked(LibC.syscall(
                            SyscallNumber.FSMOUNT,
                            context.number(),
                            CLOSE_ON_EXEC,
                            READ_ONLY | NO_SETUID | NO_DEVICES | NO_EXEC,
                            0,
                            0,
                            0)),
                    type));
        }
    }

    private static Descriptor descriptor(String operation, long result, String type) {
        if (result < 0) {
            throw new KernelException(operation, (int) -result, type);
        }
        return Descriptor.adopt((int) result, type);
    }

    /** Its root; valid until this is closed. */
    public Path root() {
        return Path.of("/proc/self/fd/" + mount.number());
    }

    @Override
    public void close() {
        mount.close();
    }
}
