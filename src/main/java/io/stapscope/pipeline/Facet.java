package io.stapscope.pipeline;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A way to split an aggregate: not at all, by one part of its key, or by the whole key. */
public enum Facet {
    TOTAL(null),
    FULL(null),
    PID(KeyKind.PID),
    TID(KeyKind.TID),
    SYSCALL(KeyKind.SYSCALL),
    CPU(KeyKind.CPU),
    UID(KeyKind.UID),
    EXECNAME(KeyKind.EXECNAME);

    private final @Nullable KeyKind part;

    Facet(@Nullable KeyKind part) {
        this.part = part;
    }

    /** The part of the key it splits by, null for the total and the whole key. */
    public @Nullable KeyKind part() {
        return part;
    }

    /** The word for it on the wire and in the store. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The facet of a word, null when there is none. */
    public static @Nullable Facet ofWord(String word) {
        for (var facet : values()) {
            if (facet.word().equals(word)) {
                return facet;
            }
        }
        return null;
    }
}
