package io.stapscope.api.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TableFileTest {
    private static final List<Column> COLUMNS = List.of(
            Column.time("time"), Column.integer("n"), Column.decimal("p99.9"), Column.truth("gap"), Column.text("key"));

    @Test
    void aTableIsTheSameInBothFormats() throws IOException {
        var csv = new CsvFile(COLUMNS);
        var parquet = new ParquetFile(COLUMNS, Map.of("about", "a capture"));
        for (var file : List.of(csv, parquet)) {
            file.row(Instant.ofEpochMilli(1500), Long.MAX_VALUE, 0.25, true, "=a,\"b\"\n");
            file.row(Instant.ofEpochMilli(-1), Long.MIN_VALUE, 3.0, false, "");
            file.row(null, null, null, null, null);
        }

        assertThat(new String(csv.bytes(), StandardCharsets.UTF_8))
                .isEqualTo("time,n,p99.9,gap,key\r\n"
                        + "1970-01-01T00:00:01.500Z,9223372036854775807,0.25,true,\"'=a,\"\"b\"\"\n\"\r\n"
                        + "1969-12-31T23:59:59.999Z,-9223372036854775808,3,false,\r\n"
                        + ",,,,\r\n");
        var table = ParquetTable.read(parquet.bytes());
        assertThat(table.notes()).containsEntry("about", "a capture");
        var rows = table.rows();
        assertThat(rows).hasSize(3);
        assertThat(rows.get(0).values())
                .containsExactly(Instant.ofEpochMilli(1500), Long.MAX_VALUE, 0.25, true, "=a,\"b\"\n");
        assertThat(rows.get(1).values()).containsExactly(Instant.ofEpochMilli(-1), Long.MIN_VALUE, 3.0, false, "");
        assertThat(rows.get(2).values()).containsOnlyNulls();
    }

    @Test
    void manyPagesHoldEveryRow() throws IOException {
        int rows = 300_000;
        var file = new ParquetFile(List.of(Column.integer("n"), Column.text("text")), Map.of());
        for (long i = 0; i < rows; i++) {
            file.row(i * i, "key " + i % 1000);
        }

        var table = ParquetTable.read(file.bytes());

        assertThat(table.column("n"))
                .isEqualTo(LongStream.range(0, rows).mapToObj(i -> i * i).toList());
        assertThat(table.column("text").get(123_456)).isEqualTo("key 456");
    }

    @Test
    void aTableOfNoRowsIsAFile() throws IOException {
        assertThat(ParquetTable.read(new ParquetFile(COLUMNS, Map.of()).bytes()).rows())
                .isEmpty();
        assertThat(new CsvFile(COLUMNS).bytes()).isEqualTo("time,n,p99.9,gap,key\r\n".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aRowHasAValueOfEachColumn() {
        var file = new ParquetFile(COLUMNS, Map.of());

        assertThatThrownBy(() -> file.row(Instant.EPOCH, 1L)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> file.row(Instant.EPOCH, "1", 0.5, true, "")).isInstanceOf(ClassCastException.class);
    }
}
