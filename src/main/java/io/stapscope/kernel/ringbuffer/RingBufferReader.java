package io.stapscope.kernel.ringbuffer;

import io.stapscope.bpf.MapSpec.MapType;
import io.stapscope.kernel.map.BpfMap;
import io.stapscope.kernel.syscall.Epoll;
import io.stapscope.kernel.syscall.Mapping;

/**
 * Reads the records of one ring buffer map, in order. For one thread, a platform one. Programs send with
 * BPF_RB_NO_WAKEUP until the ring is half full and with BPF_RB_FORCE_WAKEUP from there; so wait with
 * {@link #await} for some milliseconds, then {@link #drain} until it returns 0. Draining allocates nothing.
 */
public final class RingBufferReader implements AutoCloseable {
    private final Mapping consumer;
    private final Mapping producer;
    private final Epoll epoll;
    private final RingBufferCursor cursor;

    private RingBufferReader(Mapping consumer, Mapping producer, Epoll epoll, int ringSize) {
        this.consumer = consumer;
        this.producer = producer;
        this.epoll = epoll;
        cursor = new RingBufferCursor(consumer.bytes(), producer.bytes(), ringSize);
    }

    /** The map stays the caller's; close this first. */
    public static RingBufferReader open(BpfMap ring) {
        if (ring.spec().type() != MapType.RINGBUF) {
            throw new IllegalArgumentException(ring + " is not a ring buffer");
        }
        int size = ring.spec().maxEntries();
        RingBufferDescriptor.checkRingSize(size);
        var consumer = Mapping.of(
                ring.descriptor(),
                Mapping.Access.READ_WRITE,
                RingBufferDescriptor.CONSUMER_PAGE,
                Mapping.PAGE_SIZE,
                ring + ", consumer page");
        Mapping producer = null;
        Epoll epoll = null;
        try {
            producer = Mapping.of(
                    ring.descriptor(),
                    Mapping.Access.READ,
                    RingBufferDescriptor.PRODUCER_PAGE,
                    RingBufferDescriptor.producerMappingSize(size),
                    ring + ", data");
            epoll = new Epoll();
            epoll.add(ring.descriptor());
            return new RingBufferReader(consumer, producer, epoll, size);
        } catch (RuntimeException e) {
            consumer.close();
            if (producer != null) {
                producer.close();
            }
            if (epoll != null) {
                epoll.close();
            }
            throw e;
        }
    }

    /** Hands at most so many records to the handler and frees their space; the number handed over. */
    public int drain(RecordHandler handler, int maxRecords) {
        return cursor.drain(handler, maxRecords);
    }

    /**
     * Waits for at most this time; a forced wakeup ends the wait early, and true says so. Records sent without wakeup are
     * not noticed: drain whatever the answer.
     */
    public boolean await(int timeoutMillis) {
        return epoll.await(timeoutMillis);
    }

    /** Bytes produced and not yet drained. */
    public long pendingBytes() {
        return cursor.pendingBytes();
    }

    @Override
    public void close() {
        epoll.close();
        producer.close();
        consumer.close();
    }
}
