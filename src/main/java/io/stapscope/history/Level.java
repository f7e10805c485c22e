package io.stapscope.history;

import java.util.Locale;

/** How fine rows are, finest first. Each begins at the start of its capture plus whole units. */
public enum Level {
    SECOND(1, "h_1s"),
    MINUTE(60, "h_min"),
    HOUR(3_600, "h_hour"),
    DAY(86_400, "h_day");

    private final long seconds;
    private final String table;

    Level(long seconds, String table) {
        this.seconds = seconds;
        this.table = table;
    }

    /** Where its rows are. */
    String table() {
        return table;
    }

    public long seconds() {
        return seconds;
    }

    /** The word of the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The start of the unit that holds a second. */
    long floor(long second) {
        return Math.floorDiv(second, seconds) * seconds;
    }

    /** The end of the unit that ends at a second or holds it. */
    long ceil(long second) {
        return Math.ceilDiv(second, seconds) * seconds;
    }
}
