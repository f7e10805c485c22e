package io.stapscope.api.table;

import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.schema.FileSchema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Parquet file as another library reads it: its columns, the notes of its footer, its rows by names of columns. */
public record ParquetTable(FileSchema schema, Map<String, String> notes, List<Map<String, @Nullable Object>> rows) {
    public static ParquetTable read(byte[] file) throws IOException {
        try (var reader = ParquetFileReader.open(InputFile.of(ByteBuffer.wrap(file)))) {
            var schema = reader.getFileSchema();
            var rows = new ArrayList<Map<String, @Nullable Object>>();
            try (var found = reader.rowReader()) {
                while (found.hasNext()) {
                    found.next();
                    var row = new LinkedHashMap<String, @Nullable Object>();
                    for (int i = 0; i < schema.getColumnCount(); i++) {
                        row.put(schema.getColumn(i).name(), found.isNull(i) ? null : found.getValue(i));
                    }
                    rows.add(row);
                }
            }
            return new ParquetTable(schema, reader.getFileMetaData().keyValueMetadata(), rows);
        }
    }

    public List<@Nullable Object> column(String name) {
        return rows.stream().map(row -> row.get(name)).toList();
    }
}
