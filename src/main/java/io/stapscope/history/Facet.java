package io.stapscope.history;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the keys of a statistic are folded before its windows are stored; each facet has its own series. */
public enum Facet {
    FULL(0),
    TOTAL(1),
    PID(2),
    SYSCALL(3),
    TID(4),
    CPU(5),
    UID(6),
    EXECNAME(7);

    private final short code;

    Facet(int code) {
        this.code = (short) code;
    }

    /** The number in the database. */
    public short code() {
        return code;
    }

    static Facet ofCode(short code) {
        for (Facet facet : values()) {
            if (facet.code == code) {
                return facet;
            }
        }
        throw new IllegalArgumentException("facet " + code);
    }

    /** The word of the API: full, total, pid ... */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The facet of a word, or null when there is none. */
    public static @Nullable Facet ofWord(String word) {
        for (Facet facet : values()) {
            if (facet.word().equals(word)) {
                return facet;
            }
        }
        return null;
    }
}
