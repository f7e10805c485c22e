package io.stapscope.kernel.syscall;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Pages shared with the kernel (mmap(2)). After close an access through {@link #bytes} throws
 * {@link IllegalStateException}; it never reaches unmapped memory.
 */
public final class Mapping implements AutoCloseable {
    private static final int PROT_READ = 1;
    private static final int PROT_WRITE = 2;
    private static final int MAP_SHARED = 1;
    private static final int MAP_PRIVATE = 2;

    /** Smallest unit of a mapping, and of the kernel's ring buffers. */
    public static final int PAGE_SIZE = 4096;

    /** What the pages may be used for. */
    public enum Access {
        READ(PROT_READ, MAP_SHARED),
        READ_WRITE(PROT_READ | PROT_WRITE, MAP_SHARED),
        /** Of a file that does not change; the kernel's types cannot be mapped in another way. */
        READ_PRIVATE(PROT_READ, MAP_PRIVATE);

        private final int protection;
        private final int flags;

        Access(int protection, int flags) {
            this.protection = protection;
            this.flags = flags;
        }
    }

    private final Arena arena;
    private final ByteBuffer bytes;

    private Mapping(long address, long length) {
        arena = Arena.ofShared();
        bytes = MemorySegment.ofAddress(address)
                .reinterpret(length, arena, pages -> unmap(pages.address(), length))
                .asByteBuffer()
                .order(ByteOrder.nativeOrder());
    }

    /**
     * Maps part of a file or map.
     *
     * @param length bytes, at most 2 GiB; rounded up to whole pages by the kernel
     * @param what what it is, for error messages
     */
    public static Mapping of(Descriptor descriptor, Access access, long offset, long length, String what) {
        if (length <= 0 || length > Integer.MAX_VALUE) {
            throw new KernelException("mmap", Errno.E2BIG, what + " of " + length + " bytes, at most 2147483647");
        }
        long address = LibC.checked(LibC.mmap(0, length, access.protection, access.flags, descriptor.number(), offset));
        if (address < 0 && address > -PAGE_SIZE) {
            throw new KernelException("mmap", (int) -address, what);
        }
        return new Mapping(address, length);
    }

    /** The pages: position 0, in the machine's byte order; writable only if mapped so (else a store faults). */
    public ByteBuffer bytes() {
        return bytes;
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }

    private static void unmap(long address, long length) {
        int ignored = LibC.munmap(address, length);
    }
}
