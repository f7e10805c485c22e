package io.stapscope.kernel.ringbuffer;

import io.stapscope.kernel.syscall.Mapping;

/**
 * Layout of a BPF ring buffer as user space maps it (kernel/bpf/ringbuf.c).
 *
 * <pre>
 *  page 0, read-write   0 consumer position (u64)
 *  page 1, read-only    0 producer position (u64)
 *  page 2.., read-only  data, size bytes, mapped twice in a row so that no record wraps
 *
 *  record   0 length (u32): bit 31 busy, bit 30 discard   4 page offset (u32)   8 payload, padded to eight bytes
 * </pre>
 *
 * Positions count bytes since the beginning and never wrap.
 */
public final class RingBufferDescriptor {
    static final int POSITION_OFFSET = 0;
    static final int CONSUMER_PAGE = 0;
    static final int PRODUCER_PAGE = Mapping.PAGE_SIZE;
    static final int DATA_OFFSET = Mapping.PAGE_SIZE;

    static final int LENGTH_OFFSET = 0;
    static final int HEADER_SIZE = 8;

    private static final int BUSY_BIT = 1 << 31;
    private static final int DISCARD_BIT = 1 << 30;

    private RingBufferDescriptor() {}

    /** Whether the producer is still writing the record. */
    static boolean isBusy(int header) {
        return (header & BUSY_BIT) != 0;
    }

    /** Whether the producer gave the record up. */
    static boolean isDiscarded(int header) {
        return (header & DISCARD_BIT) != 0;
    }

    static int payloadLength(int header) {
        return header & ~(BUSY_BIT | DISCARD_BIT);
    }

    /** Bytes from one record to the next. */
    static long recordSize(int payloadLength) {
        return (long) payloadLength + HEADER_SIZE + 7 & ~7L;
    }

    /** Bytes of producer position and doubled data. */
    static long producerMappingSize(int ringSize) {
        return DATA_OFFSET + 2L * ringSize;
    }

    static void checkRingSize(int bytes) {
        if (bytes < Mapping.PAGE_SIZE || Integer.bitCount(bytes) != 1) {
            throw new IllegalArgumentException(
                    "ring of " + bytes + " bytes: must be a power of two and at least " + Mapping.PAGE_SIZE);
        }
    }
}
