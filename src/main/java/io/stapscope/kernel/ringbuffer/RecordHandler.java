package io.stapscope.kernel.ringbuffer;

import java.nio.ByteBuffer;

/** Receives records one by one. */
@FunctionalInterface
public interface RecordHandler {
    /**
     * One record, valid only during the call: the memory is the ring's own.
     *
     * @param data little-endian, read-only, shared by all records: use absolute access between offset and offset + length
     */
    void record(ByteBuffer data, int offset, int length);
}
