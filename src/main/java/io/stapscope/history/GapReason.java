package io.stapscope.history;

import java.util.Locale;

/** Why time of a capture is not in its windows, or only in part. */
public enum GapReason {
    /** No window covers it: the reader was late or stopped. */
    NOT_OBSERVED,
    /** The service was killed: what it had not stored yet is not known. */
    SERVICE_ENDED,
    /** The database refuses these rows whenever they come. */
    STORE_REFUSED,
    /** The database was away and the disk for what waits had no room. */
    SPILL_FULL,
    /** Rows that waited on disk were damaged there. */
    SPILL_CORRUPT,
    /** Retention or a quota took it away. */
    EXPIRED;

    /** The word of the API and the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static GapReason ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
