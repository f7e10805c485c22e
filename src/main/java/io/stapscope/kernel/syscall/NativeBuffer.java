package io.stapscope.kernel.syscall;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Memory outside the heap whose address the kernel may be given, in the machine's byte order. Owned by its creator,
 * who may keep it for many calls; freed when it is no longer reachable.
 */
public final class NativeBuffer {
    private final ByteBuffer bytes;
    private final long address;

    private NativeBuffer(int size) {
        bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
        address = MemorySegment.ofBuffer(bytes).address();
    }

    /** Zeroed, aligned to eight bytes. */
    public static NativeBuffer allocate(int size) {
        return new NativeBuffer(size);
    }

    public static NativeBuffer of(byte[] content) {
        var buffer = new NativeBuffer(content.length);
        buffer.bytes.put(0, content);
        return buffer;
    }

    /** As a C string. */
    public static NativeBuffer ofString(String text) {
        var content = text.getBytes(StandardCharsets.UTF_8);
        var buffer = new NativeBuffer(content.length + 1);
        buffer.bytes.put(0, content);
        return buffer;
    }

    /** The content: position 0, limit = size. Use absolute access. */
    public ByteBuffer bytes() {
        return bytes;
    }

    public int size() {
        return bytes.capacity();
    }

    /** Valid while this object is reachable: see {@link #keepAlive}. */
    public long address() {
        return address;
    }

    public byte[] toArray() {
        var copy = new byte[size()];
        bytes.get(0, copy);
        return copy;
    }

    /** To be called after the system call that was given the address. */
    public void keepAlive() {
        Reference.reachabilityFence(bytes);
    }
}
