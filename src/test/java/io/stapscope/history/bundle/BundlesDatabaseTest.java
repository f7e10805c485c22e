package io.stapscope.history.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.stapscope.history.Accounting;
import io.stapscope.history.Annotation;
import io.stapscope.history.Annotations;
import io.stapscope.history.CaptureQueries;
import io.stapscope.history.Facet;
import io.stapscope.history.History;
import io.stapscope.history.SeriesRange;
import io.stapscope.history.StoredDays;
import io.stapscope.postgres.PostgresTestResource;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@Timeout(120)
class BundlesDatabaseTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Inject
    History history;

    @Inject
    CaptureQueries queries;

    @Inject
    Annotations annotations;

    @Inject
    Accounting accounting;

    @Inject
    Bundles bundles;

    @Inject
    Pool pool;

    @TempDir
    Path folder;

    @Test
    void whatComesInIsWhatWentOut() throws IOException {
        var made = StoredDays.store(history, pool, 1_789_100_000_000L, 2, 3, 61);
        await(annotations.add(new Annotation(
                0,
                made.id,
                null,
                made.startMillis,
                made.startMillis,
                null,
                null,
                "admin",
                "a \"note\",\nin two lines",
                0)));
        var before = answers(made);
        var capture = await(queries.find(made.id));
        var account = await(accounting.of(made.id));
        assertThat(account.complete()).isNotNull();
        var file = bundle(made.id);
        assertThat(file).exists();

        assertThatThrownBy(() -> bundles.read(file, "importer"))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("here already");
        await(queries.delete(made.id));
        assertThat(bundles.read(file, "importer")).isEqualTo(made.id);

        assertThat(await(queries.find(made.id))).isEqualTo(capture);
        assertThat(answers(made)).isEqualTo(before);
        assertThat(await(pool.query("select owner, complete, inexact from capture where id = '" + made.id + "'")
                                .execute())
                        .iterator()
                        .next())
                .satisfies(row -> {
                    assertThat(row.getString("owner")).isEqualTo("importer");
                    assertThat(row.getBoolean("complete")).isEqualTo(account.complete());
                    assertThat(row.getArrayOfStrings("inexact"))
                            .isEqualTo(account.inexact().toArray());
                });
        assertThat(await(annotations.of(made.id)).getFirst().text()).isEqualTo("a \"note\",\nin two lines");
        assertThat(bundleTables(bundle(made.id))).isEqualTo(bundleTables(file));
    }

    @Test
    void aDamagedBundleLeavesNothing() throws IOException {
        var made = StoredDays.store(history, pool, 1_789_200_000_000L, 1, 1, 62);
        var file = bundle(made.id);
        await(queries.delete(made.id));
        refused(
                changed(file, "manifest.json", text -> text.replaceFirst("\"count\" : \\d+", "\"count\" : 5")),
                "damaged");
        refused(changed(file, "manifest.json", text -> text.replace("stapscope-capture", "other")), "format");
        refused(
                changed(file, "manifest.json", text -> text.replace("\"version\" : 1", "\"version\" : 9")),
                "version 9");
        refused(changed(file, "manifest.json", text -> "{"), "cannot be read");
        for (var list : List.of("arguments", "tags", "inexact", "aggregates", "totals")) {
            refused(changed(file, "manifest.json", text -> holed(text, list)), "'" + list + "'");
        }
        refused(changed(file, "manifest.json", text -> text.replaceFirst("\"tags\"", "\"labels\"")), "'tags'");
        refused(changed(file, "tables/h_min.csv", text -> text.replaceFirst("x01", "x02")), "damaged");
        refused(changed(file, "tables/h_1s.csv", text -> text.replaceFirst("x02..", "x0200")), "damaged");
        refused(changed(file, "tables/series.csv", text -> text.replaceFirst("agg", "capture_id")), "does not know");
        refused(changed(file, "tables/gap.csv", text -> text + "nonsense\n"), "refuses");
        refused(changed(file, "tables/console.csv", text -> text + block(text, 3)), "console should count 3");
        refused(changed(file, "tables/h_day.csv", text -> ""), "columns");
        refused(changed(file, "../../evil", text -> "x"), "does not belong");
        Files.writeString(folder.resolve("plain"), "no zip");
        refused(folder.resolve("plain"), "zip");
        assertThat(await(pool.query("select count(*) from capture where id = '" + made.id + "'")
                                .execute())
                        .iterator()
                        .next()
                        .getLong(0))
                .isZero();
        var printed = changed(file, "tables/console.csv", text -> text + block(text, 2));
        assertThat(bundles.read(printed, "importer"))
                .as("the whole one comes in")
                .isEqualTo(made.id);
        assertThat(await(queries.console(made.id, 1, 10)).lines())
                .singleElement()
                .satisfies(line -> assertThat(line.text()).isEqualTo("b"));
    }

    /** Two lines that say they are so many, in the order of the table's columns. */
    private static String block(String table, int lines) {
        var values = Map.of(
                "seq", "1", "ts", "2026-09-12 10:00:00+00", "stream", "out", "lines", "" + lines, "line", "\"a\nb\"");
        return String.join(
                        ",",
                        Stream.of(table.strip().split(",")).map(values::get).toList())
                + "\n";
    }

    private static String holed(String manifest, String list) {
        try {
            var changed = (ObjectNode) new ObjectMapper().readTree(manifest);
            changed.putArray(list).addNull();
            return changed.toString();
        } catch (JsonProcessingException e) {
            throw new AssertionError(manifest, e);
        }
    }

    private void refused(Path file, String why) {
        assertThatThrownBy(() -> bundles.read(file, "importer"))
                .as(why)
                .isInstanceOf(BundleException.class)
                .hasMessageContaining(why);
    }

    private List<Object> answers(StoredDays made) {
        var hours = new SeriesRange(made.id, 0, 0, made.startMillis + 5_000, null, 30);
        var seconds = new SeriesRange(made.id, 0, 0, made.startMillis + 5_000, made.startMillis + 905_000, 2000);
        var heatmap = await(queries.heatmap(hours));
        var fine = await(queries.heatmap(seconds));
        return List.of(
                heatmap.columns().stream().map(column -> column.count()).toList(),
                fine.columns().stream().map(column -> column.count()).toList(),
                await(queries.quantiles(hours, List.of(0.5, 0.99))),
                await(queries.series(made.id, 0, Facet.PID, 10)));
    }

    private Path bundle(UUID id) throws IOException {
        var out = new ByteArrayOutputStream();
        bundles.write(bundles.find(id), out);
        return Files.write(folder.resolve(UUID.randomUUID() + ".zip"), out.toByteArray());
    }

    private static Map<String, List<String>> bundleTables(Path file) throws IOException {
        var tables = new LinkedHashMap<String, List<String>>();
        read(file).forEach((name, text) -> {
            if (name.startsWith("tables/") && !name.contains("annotation")) {
                tables.put(name, text.lines().sorted().toList());
            }
        });
        return tables;
    }

    private Path changed(Path file, String name, UnaryOperator<String> change) throws IOException {
        var entries = read(file);
        entries.put(name, change.apply(entries.getOrDefault(name, "")));
        var changed = folder.resolve(UUID.randomUUID() + ".zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(changed))) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return changed;
    }

    private static Map<String, String> read(Path file) throws IOException {
        var entries = new LinkedHashMap<String, String>();
        try (var zip = new ZipFile(file.toFile())) {
            for (var names = zip.entries(); names.hasMoreElements(); ) {
                var entry = names.nextElement();
                entries.put(
                        entry.getName(), new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return entries;
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(LIMIT);
    }
}
