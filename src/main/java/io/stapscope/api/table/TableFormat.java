package io.stapscope.api.table;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a table is written. */
public enum TableFormat {
    CSV("text/csv;charset=utf-8") {
        @Override
        public TableFile open(List<Column> columns, Map<String, String> notes) {
            return new CsvFile(columns);
        }
    },
    PARQUET(TableFormat.PARQUET_TYPE) {
        @Override
        public TableFile open(List<Column> columns, Map<String, String> notes) {
            return new ParquetFile(columns, notes);
        }
    };

    public static final String PARQUET_TYPE = "application/vnd.apache.parquet";

    private final String mediaType;

    TableFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /** By its name in lower case, which is also the end of a file's name; null when there is none. */
    public static @Nullable TableFormat ofWord(String word) {
        return switch (word) {
            case "csv" -> CSV;
            case "parquet" -> PARQUET;
            default -> null;
        };
    }

    public String mediaType() {
        return mediaType;
    }

    /** @param notes about the table, where the format has a place for them */
    public abstract TableFile open(List<Column> columns, Map<String, String> notes);
}
