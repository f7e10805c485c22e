package io.stapscope.history;

import java.util.Locale;

/** Where a capture is in its life. */
public enum CaptureState {
    STARTING,
    RUNNING,
    STOPPING,
    STOPPED,
    FAILED;

    /** The word of the API and the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static CaptureState ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
