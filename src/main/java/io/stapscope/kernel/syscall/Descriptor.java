package io.stapscope.kernel.syscall;

import java.util.concurrent.atomic.AtomicInteger;

/** Owner of one file descriptor. Closing twice is harmless; using it after that is an error of ours. */
public final class Descriptor implements AutoCloseable {
    private static final int CLOSED = -1;

    private final AtomicInteger number;
    private final String what;

    private Descriptor(int number, String what) {
        this.number = new AtomicInteger(number);
        this.what = what;
    }

    /**
     * Takes over a descriptor that a call just returned.
     *
     * @param what what it is, for error messages
     */
    public static Descriptor adopt(int number, String what) {
        return new Descriptor(number, what);
    }

    public int number() {
        int current = number.get();
        if (current == CLOSED) {
            throw new IllegalStateException(what + " is closed");
        }
        return current;
    }

    public boolean isOpen() {
        return number.get() != CLOSED;
    }

    @Override
    public void close() {
        int last = number.getAndSet(CLOSED);
        if (last != CLOSED) {
            // Linux frees the number whatever close(2) answers, so there is nothing to retry.
            int ignored = LibC.close(last);
        }
    }
}
