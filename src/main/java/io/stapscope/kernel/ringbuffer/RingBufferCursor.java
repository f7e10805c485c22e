package io.stapscope.kernel.ringbuffer;

import static io.stapscope.kernel.ringbuffer.RingBufferDescriptor.DATA_OFFSET;
import static io.stapscope.kernel.ringbuffer.RingBufferDescriptor.HEADER_SIZE;
import static io.stapscope.kernel.ringbuffer.RingBufferDescriptor.LENGTH_OFFSET;
import static io.stapscope.kernel.ringbuffer.RingBufferDescriptor.POSITION_OFFSET;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Walks the records of a ring that lies in two buffers: consumer page, and producer page with doubled data. Allocates
 * nothing.
 */
final class RingBufferCursor {
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle INTS = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    /** Space is given back to the kernel in lots: each store makes its cache line travel. */
    private static final int RELEASE_EVERY = 64;

    private final ByteBuffer consumerPage;
    private final ByteBuffer producerPages;
    private final ByteBuffer data;
    private final int ringSize;

    RingBufferCursor(ByteBuffer consumerPage, ByteBuffer producerPages, int ringSize) {
        RingBufferDescriptor.checkRingSize(ringSize);
        this.consumerPage = consumerPage;
        this.producerPages = producerPages;
        this.ringSize = ringSize;
        data = producerPages
                .slice(DATA_OFFSET, 2 * ringSize)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asReadOnlyBuffer();
        data.order(ByteOrder.LITTLE_ENDIAN);
    }

    int drain(RecordHandler handler, int maxRecords) {
        long start = getPlain(consumerPage);
        long position = start;
        long released = start;
        int handled = 0;
        int sinceRelease = 0;
        try {
            long produced = getAcquire(producerPages);
            checkSpan(position, produced);
            while (handled < maxRecords && position < produced) {
                int at = (int) (position & ringSize - 1);
                int header = (int) INTS.getAcquire(producerPages, DATA_OFFSET + at + LENGTH_OFFSET);
                if (RingBufferDescriptor.isBusy(header)) {
                    break;
                }
                int length = RingBufferDescriptor.payloadLength(header);
                long next = position + RingBufferDescriptor.recordSize(length);
                checkRecord(length, next, produced);
                position = next;
                sinceRelease++;
                if (!RingBufferDescriptor.isDiscarded(header)) {
                    handled++;
                    handler.record(data, at + HEADER_SIZE, length);
                }
                if (sinceRelease == RELEASE_EVERY) {
                    setRelease(consumerPage, position);
                    released = position;
                    sinceRelease = 0;
                }
            }
        } finally {
            // A record whose handler failed counts as read, or it would be met again for ever.
            if (position != released) {
                setRelease(consumerPage, position);
            }
        }
        return handled;
    }

    /** Bytes produced and not yet given back. */
    long pendingBytes() {
        return getAcquire(producerPages) - getPlain(consumerPage);
    }

    private void checkSpan(long consumed, long produced) {
        if (produced - consumed < 0 || produced - consumed > ringSize) {
            throw new RingBufferException(
                    "produced up to " + produced + ", consumed up to " + consumed + ", ring of " + ringSize + " bytes");
        }
    }

    private void checkRecord(int length, long next, long produced) {
        if (next > produced) {
            throw new RingBufferException("record of " + length + " bytes ends at " + next + ", behind " + produced);
        }
    }

    private static long getPlain(ByteBuffer page) {
        return (long) LONGS.get(page, POSITION_OFFSET);
    }

    private static long getAcquire(ByteBuffer page) {
        return (long) LONGS.getAcquire(page, POSITION_OFFSET);
    }

    private static void setRelease(ByteBuffer page, long position) {
        LONGS.setRelease(page, POSITION_OFFSET, position);
    }
}
