package io.stapscope.capture.doctor;

import java.util.Locale;

/** What a check means for who wants to trace. */
public enum Verdict {
    WORKS,
    /** Some scripts cannot run, or only as another user. */
    LIMITED,
    /** Nothing runs until this is mended. */
    BLOCKED,
    /** Nothing depends on it. */
    INFO;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
