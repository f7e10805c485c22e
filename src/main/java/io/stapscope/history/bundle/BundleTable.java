package io.stapscope.history.bundle;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A table whose rows belong to a capture, in the order in which they must come back. Its file has all its columns but those
 * that another database numbers anew: rows of windows name their series by aggregate and number instead.
 */
enum BundleTable {
    SERIES("series", Key.CAPTURE),
    CAPTURE_MINUTE("capture_minute", Key.CAPTURE),
    CAPTURE_HOUR("capture_hour", Key.CAPTURE),
    CAPTURE_DAY("capture_day", Key.CAPTURE),
    CAPTURE_PROBE("capture_probe", Key.CAPTURE),
    GAP("gap", Key.CAPTURE),
    CONSOLE("console", Key.CAPTURE),
    ANNOTATION("annotation", Key.CAPTURE),
    SECONDS("h_1s", Key.SERIES),
    MINUTES("h_min", Key.SERIES),
    HOURS("h_hour", Key.SERIES),
    DAYS("h_day", Key.SERIES);

    private final String table;
    private final Key key;

    private enum Key {
        CAPTURE,
        SERIES
    }

    BundleTable(String table, Key key) {
        this.table = table;
        this.key = key;
    }

    /** The name of its file. */
    String file() {
        return "tables/" + table + ".csv";
    }

    boolean isOfSeries() {
        return key == Key.SERIES;
    }

    /** Columns of this database's table that a file can have. */
    List<String> columns(Connection connection) throws SQLException {
        var columns = new ArrayList<String>();
        try (var statement =
                connection.prepareStatement("select attname from pg_attribute where attrelid = ?::regclass "
                        + "and attnum > 0 and not attisdropped and attidentity = '' and attgenerated = '' "
                        + "and attname not in ('capture_id', 'series_id') order by attnum")) {
            statement.setString(1, table);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.add(rows.getString(1));
                }
            }
        }
        return columns;
    }

    /** What a file's header is: the columns, after agg and number of the series. */
    List<String> header(List<String> columns) {
        if (key == Key.CAPTURE) {
            return columns;
        }
        var header = new ArrayList<>(List.of("agg", "number"));
        header.addAll(columns);
        return header;
    }

    String copyOut(UUID capture, List<String> columns) {
        var select = key == Key.CAPTURE
                ? "select " + quoted(columns, "t.") + " from " + table + " t where t.capture_id = '" + capture + "'"
                : "select s.agg, s.number, " + quoted(columns, "t.") + " from " + table
                        + " t join series s on s.id = t.series_id where s.capture_id = '" + capture + "'";
        return "copy (" + select + ") to stdout (format csv, header)";
    }

    /** A place for the file's rows before they find their series; it goes with the transaction. */
    String stage(List<String> columns) {
        var select = key == Key.CAPTURE
                ? "select " + quoted(columns, "t.") + " from " + table + " t"
                : "select 0 as agg, 0 as number, " + quoted(columns, "t.") + " from " + table + " t";
        return "create temporary table staged_" + table + " on commit drop as " + select + " with no data";
    }

    String copyIn(List<String> columns) {
        return "copy staged_" + table + " (" + quoted(header(columns), "") + ") from stdin (format csv, header)";
    }

    String insert(UUID capture, List<String> columns) {
        return key == Key.CAPTURE
                ? "insert into " + table + " (capture_id, " + quoted(columns, "") + ") select '" + capture + "', "
                        + quoted(columns, "t.") + " from staged_" + table + " t"
                : "insert into " + table + " (series_id, " + quoted(columns, "") + ") select s.id, "
                        + quoted(columns, "t.") + " from staged_" + table + " t join series s on s.capture_id = '"
                        + capture + "' and s.agg = t.agg and s.number = t.number";
    }

    /** Days that need partitions. */
    String partitions() {
        return "select ensure_partitions(day) from (select distinct (ts at time zone 'UTC')::date as day from staged_"
                + table + ") days";
    }

    private static String quoted(List<String> columns, String prefix) {
        return String.join(
                ", ",
                columns.stream()
                        .map(column -> prefix + '"' + column.replace("\"", "\"\"") + '"')
                        .toList());
    }
}
