package io.stapscope.kernel.syscall;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/**
 * The native methods, directly mapped with fixed {@code long} arguments: the fastest style JNA has, and pointers are
 * never cut to 32 bits. The process itself is searched for the symbols, so no library is looked up by name.
 */
final class LibC {
    private static final String LIBRARY_PATH = "jna.platform.library.path";

    static {
        // Said to be known, or JNA asks ldconfig for it: a process started for nothing, some 30 ms.
        if (System.getProperty(LIBRARY_PATH) == null) {
            System.setProperty(LIBRARY_PATH, "");
        }
        Native.register(LibC.class, NativeLibrary.getProcess());
    }

    private LibC() {}

    static native long syscall(long number, long a, long b, long c, long d, long e, long f);

    static native long mmap(long address, long length, int protection, int flags, int fd, long offset);

    static native int munmap(long address, long length);

    static native int open(String path, int flags);

    static native int mkfifo(String path, int mode);

    static native int close(int fd);

    static native int epoll_create1(int flags);

    static native int epoll_ctl(int epoll, int operation, int fd, long event);

    static native int epoll_wait(int epoll, long events, int maxEvents, int timeoutMillis);

    /** The result, or the errno negated. Must be given the result of the call just made on this thread. */
    static long checked(long result) {
        return result == -1 ? -Native.getLastError() : result;
    }
}
