package io.stapscope.api.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/**
 * A table as Apache Parquet, format version 1, compressed with gzip: what every reader knows. Every column is optional;
 * times are timestamps in UTC of milliseconds. Hadoop's types stand in signatures of the library; nothing of it is there
 * when the product runs.
 */
public final class ParquetFile implements TableFile {
    private final List<Column> columns;
    private final MemoryFile file = new MemoryFile();
    private final ParquetWriter<@Nullable Object[]> writer;

    /** @param notes kept in the file's footer, by key */
    public ParquetFile(List<Column> columns, Map<String, String> notes) {
        this.columns = List.copyOf(columns);
        try {
            writer = new Builder(file, new Rows(this.columns, notes)).build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void row(@Nullable Object... values) {
        Objects.checkFromIndexSize(0, columns.size(), values.length);
        try {
            writer.write(values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte[] bytes() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.bytes();
    }

    private static PrimitiveType type(Column column) {
        return switch (column.kind()) {
            case TIME ->
                Types.optional(PrimitiveTypeName.INT64)
                        .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MILLIS))
                        .named(column.name());
            case INTEGER -> Types.optional(PrimitiveTypeName.INT64).named(column.name());
            case DECIMAL -> Types.optional(PrimitiveTypeName.DOUBLE).named(column.name());
            case TRUTH -> Types.optional(PrimitiveTypeName.BOOLEAN).named(column.name());
            case TEXT ->
                Types.optional(PrimitiveTypeName.BINARY)
                        .as(LogicalTypeAnnotation.stringType())
                        .named(column.name());
        };
    }

    /** Hands the values of rows to the library. */
    private static final class Rows extends WriteSupport<@Nullable Object[]> {
        private final List<Column> columns;
        private final Map<String, String> notes;
        private @Nullable RecordConsumer consumer;

        Rows(List<Column> columns, Map<String, String> notes) {
            this.columns = columns;
            this.notes = notes;
        }

        @Override
        public WriteContext init(ParquetConfiguration configuration) {
            var types = new ArrayList<org.apache.parquet.schema.Type>();
            columns.forEach(column -> types.add(type(column)));
            return new WriteContext(new MessageType("table", types), notes);
        }

        @Override
        @SuppressWarnings("deprecation")
        public WriteContext init(Configuration configuration) {
            throw new UnsupportedOperationException("Hadoop's configuration is not used");
        }

        @Override
        public void prepareForWrite(RecordConsumer target) {
            consumer = target;
        }

        @Override
        public void write(@Nullable Object[] row) {
            var to = Objects.requireNonNull(consumer);
            to.startMessage();
            for (int i = 0; i < row.length; i++) {
                var value = row[i];
                if (value != null) {
                    var column = columns.get(i);
                    to.startField(column.name(), i);
                    write(to, column, value);
                    to.endField(column.name(), i);
                }
            }
            to.endMessage();
        }

        private static void write(RecordConsumer to, Column column, Object value) {
            switch (column.kind()) {
                case TIME -> to.addLong(((Instant) value).toEpochMilli());
                case INTEGER -> to.addLong((Long) value);
                case DECIMAL -> to.addDouble((Double) value);
                case TRUTH -> to.addBoolean((Boolean) value);
                case TEXT -> to.addBinary(Binary.fromString((String) value));
            }
        }
    }

    private static final class Builder extends ParquetWriter.Builder<@Nullable Object[], Builder> {
        private final Rows rows;

        Builder(OutputFile file, Rows rows) {
            super(file);
            this.rows = rows;
            withConf(new PlainParquetConfiguration());
            withCodecFactory(new GzipPages());
            withCompressionCodec(CompressionCodecName.GZIP);
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<@Nullable Object[]> getWriteSupport(ParquetConfiguration configuration) {
            return rows;
        }

        @Override
        @SuppressWarnings("deprecation")
        protected WriteSupport<@Nullable Object[]> getWriteSupport(Configuration configuration) {
            throw new UnsupportedOperationException("Hadoop's configuration is not used");
        }
    }
}
