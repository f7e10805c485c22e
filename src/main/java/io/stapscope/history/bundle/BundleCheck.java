package io.stapscope.history.bundle;

import io.stapscope.statistics.HistogramCodec;
import io.stapscope.statistics.MalformedHistogramException;
import io.stapscope.statistics.SecondChunk;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;

/** Looks at what came in, before it is kept: totals are those of the manifest, every histogram and every line can be read. */
final class BundleCheck {
    private static final int ROWS = 1_000;

    private final Connection connection;

    BundleCheck(Connection connection) {
        this.connection = connection;
    }

    void check(Manifest manifest) throws SQLException {
        totals(manifest);
        lines(manifest);
        for (var table : List.of("h_min", "h_hour", "h_day")) {
            blobs(
                    "select t.n, t.hist from " + table + " t join series s on s.id = t.series_id where s.capture_id = '"
                            + manifest.id() + "' and t.hist is not null",
                    (n, bytes) -> count(table, n, HistogramCodec.decode(bytes).count()));
        }
        blobs(
                "select n, hist from series where capture_id = '" + manifest.id() + "' and hist is not null",
                (n, bytes) -> count("series", n, HistogramCodec.decode(bytes).count()));
        seconds(manifest, "statistic", (n, bytes) -> count("h_1s", n, values(bytes)));
        // The increases of a counter that also counts down are more than what it counted.
        seconds(manifest, "counter", (n, bytes) -> values(bytes));
    }

    private void seconds(Manifest manifest, String kind, Blob blob) throws SQLException {
        blobs(
                "select t.n, t.chunk from h_1s t join series s on s.id = t.series_id "
                        + "join aggregate a on a.capture_id = s.capture_id and a.agg = s.agg where s.capture_id = '"
                        + manifest.id() + "' and a.kind = '" + kind + "'",
                blob);
    }

    private static long values(byte[] chunk) {
        var values = new long[1];
        SecondChunk.forEach(chunk, (second, bucket, n) -> values[0] += n);
        return values[0];
    }

    private void totals(Manifest manifest) throws SQLException {
        var counted = counted(manifest.id());
        for (var total : manifest.totals()) {
            count(total.name(), total.count(), counted.getOrDefault(total.agg(), 0L));
        }
    }

    /** A block of lines has as many as it says; one alone may hold anything. */
    private void lines(Manifest manifest) throws SQLException {
        try (var statement = connection.createStatement();
                var wrong = statement.executeQuery("select lines, held from (select lines, "
                        + "length(line) - length(replace(line, E'\\n', '')) + 1 as held from console "
                        + "where capture_id = '" + manifest.id() + "' and lines > 1) c where held <> lines limit 1")) {
            if (wrong.next()) {
                count("console", wrong.getLong(1), wrong.getLong(2));
            }
        }
    }

    private HashMap<Integer, Long> counted(UUID capture) throws SQLException {
        var counted = new HashMap<Integer, Long>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select agg, n from series where number = 0 and capture_id = '" + capture + "'")) {
            while (rows.next()) {
                counted.put(rows.getInt(1), rows.getLong(2));
            }
        }
        return counted;
    }

    private static void count(String where, long expected, long found) {
        if (expected != found) {
            throw new BundleException(
                    "the bundle is damaged: " + where + " should count " + expected + " and counts " + found);
        }
    }

    private interface Blob {
        void check(long n, byte[] bytes);
    }

    private void blobs(String sql, Blob blob) throws SQLException {
        try (var statement = connection.createStatement()) {
            // Row by row: a month does not fit into memory.
            statement.setFetchSize(ROWS);
            try (var rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    blob.check(rows.getLong(1), rows.getBytes(2));
                }
            }
        } catch (MalformedHistogramException e) {
            throw new BundleException("the bundle is damaged: a histogram " + e.getMessage());
        }
    }
}
