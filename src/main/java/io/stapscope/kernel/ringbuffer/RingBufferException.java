package io.stapscope.kernel.ringbuffer;

/** The ring contradicts itself: a length or position that cannot be. */
public final class RingBufferException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RingBufferException(String message) {
        super(message);
    }
}
