package io.stapscope.history.bundle;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A table as PostgreSQL's COPY writes it as CSV with a header, and the texts of its values. Fails with {@link BundleException}. */
final class CsvTable {
    /** {@code 2026-11-30 22:30:00.125+00}. */
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendOffset("+HH:mm", "+00")
            .toFormatter();

    private final String file;
    private final List<String> header;
    private final List<List<String>> rows;

    private CsvTable(String file, List<String> header, List<List<String>> rows) {
        this.file = file;
        this.header = header;
        this.rows = rows;
    }

    static CsvTable parse(String file, String text) {
        var rows = new ArrayList<List<String>>();
        var row = new ArrayList<String>();
        int at = 0;
        while (at < text.length()) {
            var field = new StringBuilder();
            at = field(file, text, at, field);
            row.add(field.toString());
            if (at == text.length() || text.charAt(at) == '\n') {
                rows.add(List.copyOf(row));
                row.clear();
            }
            at++;
        }
        if (rows.isEmpty()) {
            throw new BundleException(file + " is empty");
        }
        var header = rows.removeFirst();
        for (var each : rows) {
            if (each.size() != header.size()) {
                throw new BundleException(
                        file + " has a row of " + each.size() + " fields, its header has " + header.size());
            }
        }
        return new CsvTable(file, header, rows);
    }

    /** Reads one field and gives the place of what ends it. */
    private static int field(String file, String text, int from, StringBuilder into) {
        int at = from;
        boolean quoted = at < text.length() && text.charAt(at) == '"';
        if (quoted) {
            for (at++; ; at++) {
                if (at >= text.length()) {
                    throw new BundleException(file + " ends within quotes");
                }
                char c = text.charAt(at);
                if (c == '"' && !(at + 1 < text.length() && text.charAt(at + 1) == '"')) {
                    at++;
                    break;
                }
                at += c == '"' ? 1 : 0;
                into.append(c);
            }
        }
        while (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != '\n') {
            into.append(text.charAt(at++));
        }
        return at;
    }

    List<Row> rows() {
        return rows.stream().map(Row::new).toList();
    }

    /** One row; its values by the names of their columns. */
    final class Row {
        private final List<String> fields;

        private Row(List<String> fields) {
            this.fields = fields;
        }

        boolean has(String column) {
            return header.contains(column);
        }

        String text(String column) {
            int at = header.indexOf(column);
            if (at < 0) {
                throw new BundleException(file + " has no column '" + column + "'");
            }
            return fields.get(at);
        }

        /** Whether there is no value, or no such column: bundles of earlier versions have fewer. */
        boolean isNull(String column) {
            int at = header.indexOf(column);
            return at < 0 || fields.get(at).isEmpty();
        }

        long number(String column) {
            try {
                return Long.parseLong(text(column));
            } catch (NumberFormatException e) {
                throw wrong(column);
            }
        }

        int integer(String column) {
            long number = number(column);
            if (number != (int) number) {
                throw wrong(column);
            }
            return (int) number;
        }

        /** Milliseconds since 1970. */
        long time(String column) {
            try {
                return OffsetDateTime.parse(text(column), TIME).toInstant().toEpochMilli();
            } catch (DateTimeParseException e) {
                throw wrong(column);
            }
        }

        byte[] bytes(String column) {
            try {
                return HexFormat.of().parseHex(text(column).substring(2));
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw wrong(column);
            }
        }

        /** An array of texts: {@code {read,"1234 a b"}}. */
        List<String> texts(String column) {
            var text = text(column);
            if (!text.startsWith("{") || !text.endsWith("}")) {
                throw wrong(column);
            }
            var found = new ArrayList<String>();
            for (int at = 1; at < text.length() - 1; at++) {
                var element = new StringBuilder();
                boolean quoted = false;
                for (; at < text.length() - 1 && (quoted || text.charAt(at) != ','); at++) {
                    char c = text.charAt(at);
                    if (c == '"') {
                        quoted = !quoted;
                    } else {
                        element.append(c == '\\' ? text.charAt(++at) : c);
                    }
                }
                found.add(element.toString());
            }
            return found;
        }

        private BundleException wrong(String column) {
            return new BundleException(file + " has a value in the column '" + column + "' that cannot be read: "
                    + text(column)
                            .lines()
                            .findFirst()
                            .orElse("")
                            .chars()
                            .limit(60)
                            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append));
        }
    }
}
