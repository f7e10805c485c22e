package io.stapscope.history.spill;

import java.io.IOException;

/** The record does not fit: the quota is used up or the disk is full. Nothing of it was kept. */
public final class SpillFullException extends IOException {
    private static final long serialVersionUID = 1;

    private SpillFullException(String message) {
        super(message);
    }

    /** The quota is used up. */
    public static SpillFullException quota(long bytes, long quotaBytes) {
        return new SpillFullException(bytes + " of " + quotaBytes + " bytes are used");
    }

    SpillFullException(String message, IOException cause) {
        super(message, cause);
    }
}
