package io.stapscope.history.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles that are read without a database. */
class BundleReaderTest {
    @Test
    void valuesAreWhatPostgresMeans() {
        var csv = "ts,keys,line,chunk,n\n"
                + "2026-11-30 22:30:00.125+00,\"{read,\"\"1234 a, b\"\",\"\"say \\\"\"hi\\\"\"\"\"}\","
                + "\"two\nlines, \"\"quoted\"\"\",\\x01ff,-7\n";
        var row = CsvTable.parse("t.csv", csv).rows().getFirst();
        assertThat(row.time("ts"))
                .isEqualTo(Instant.parse("2026-11-30T22:30:00.125Z").toEpochMilli());
        assertThat(row.texts("keys")).isEqualTo(List.of("read", "1234 a, b", "say \"hi\""));
        assertThat(row.text("line")).isEqualTo("two\nlines, \"quoted\"");
        assertThat(row.bytes("chunk")).containsExactly(1, 0xff);
        assertThat(row.number("n")).isEqualTo(-7);
        assertThat(row.has("lines")).isFalse();
    }

    @Test
    void zonesMayHaveMinutesAndArraysBeEmpty() {
        var row = CsvTable.parse("t.csv", "ts,keys\n2026-11-30 22:30:00+05:30,{}\n")
                .rows()
                .getFirst();
        assertThat(row.time("ts"))
                .isEqualTo(Instant.parse("2026-11-30T17:00:00Z").toEpochMilli());
        assertThat(row.texts("keys")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a,b\n1\n", "a,b\n1,\"2\n"})
    void aDamagedTableIsRefusedByName(String text) {
        assertThatThrownBy(() -> CsvTable.parse("tables/series.csv", text))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("tables/series.csv");
    }

    @Test
    void aDamagedValueIsRefusedWithItsColumn() {
        var row = CsvTable.parse("t.csv", "n,ts,chunk\nx,yesterday,q\n").rows().getFirst();
        assertThatThrownBy(() -> row.number("n")).hasMessageContaining("'n'").hasMessageContaining("x");
        assertThatThrownBy(() -> row.time("ts")).hasMessageContaining("'ts'");
        var large = CsvTable.parse("t.csv", "agg\n4294967296\n").rows().getFirst();
        assertThatThrownBy(() -> large.integer("agg")).hasMessageContaining("'agg'");
        assertThatThrownBy(() -> row.bytes("chunk")).isInstanceOf(BundleException.class);
        assertThatThrownBy(() -> row.text("line")).hasMessageContaining("no column 'line'");
    }

    @Test
    void whatIsNoBundleIsRefused() throws IOException {
        var noManifest = zip(Map.of("script.stp", "probe begin {}"));
        assertThatThrownBy(() -> BundleReader.read(new ByteArrayInputStream(noManifest)))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("manifest.json");
        var wrong = zip(Map.of("manifest.json", "{\"format\": \"other\"}", "script.stp", ""));
        assertThatThrownBy(() -> BundleReader.read(new ByteArrayInputStream(wrong)))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("'other'");
    }

    private static byte[] zip(Map<String, String> files) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }
}
