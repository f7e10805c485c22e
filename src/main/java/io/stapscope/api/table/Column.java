package io.stapscope.api.table;

/** A column of a table: its name and what each of its values is, unless it is null. */
public record Column(String name, Kind kind) {
    /** What the values of a column are. */
    public enum Kind {
        /** An {@link java.time.Instant}, kept to the millisecond. */
        TIME,
        /** A {@link Long}. */
        INTEGER,
        /** A {@link Double}. */
        DECIMAL,
        /** A {@link Boolean}. */
        TRUTH,
        /** A {@link String}. */
        TEXT
    }

    public static Column time(String name) {
        return new Column(name, Kind.TIME);
    }

    public static Column integer(String name) {
        return new Column(name, Kind.INTEGER);
    }

    public static Column decimal(String name) {
        return new Column(name, Kind.DECIMAL);
    }

    public static Column truth(String name) {
        return new Column(name, Kind.TRUTH);
    }

    public static Column text(String name) {
        return new Column(name, Kind.TEXT);
    }
}
