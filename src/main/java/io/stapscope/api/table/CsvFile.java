package io.stapscope.api.table;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines of values with commas between, as RFC 4180 has them. A text that a spreadsheet would take for a formula gets an
 * apostrophe in front: names of processes are chosen by who is traced.
 */
public final class CsvFile implements TableFile {
    private static final String FORMULA = "=+-@\t\r";

    private final StringBuilder text = new StringBuilder();

    public CsvFile(List<Column> columns) {
        row(columns.stream().map(Column::name).toArray());
    }

    /** Numbers and booleans stand as they are, null is empty, everything else is a text. */
    @Override
    public void row(@Nullable Object... values) {
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                text.append(',');
            }
            switch (values[i]) {
                case null -> {}
                case Double number
                when number == Math.rint(number) && Math.abs(number) < 1e15 -> text.append(number.longValue());
                case Number number -> text.append(number);
                case Boolean truth -> text.append(truth.booleanValue());
                case Object other -> text(other.toString());
            }
        }
        text.append("\r\n");
    }

    private void text(String value) {
        var safe = !value.isEmpty() && FORMULA.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
        boolean plain = safe.chars().noneMatch(sign -> sign == ',' || sign == '"' || sign == '\n' || sign == '\r');
        text.append(plain ? safe : '"' + safe.replace("\"", "\"\"") + '"');
    }

    @Override
    public byte[] bytes() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
