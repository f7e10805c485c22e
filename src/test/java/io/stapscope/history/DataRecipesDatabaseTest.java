package io.stapscope.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stapscope.postgres.PostgresTestResource;
import io.stapscope.statistics.Histogram;
import io.stapscope.statistics.HistogramCodec;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What docs/DATA.md says is so. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@Timeout(120)
class DataRecipesDatabaseTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Path PAGE = Path.of("docs/DATA.md");

    @Inject
    History history;

    @Inject
    CaptureQueries queries;

    @Inject
    Pool pool;

    @Test
    void everyRecipeRunsAndFindsSomething() throws IOException {
        var made = Captures.random(
                Captures.start("nightly", "probe begin { nightly }", System.currentTimeMillis() - 600_000), 200, 3, 51);
        var writer = history.open(made.start);
        made.writeTo(writer);
        writer.console(List.of(new ConsoleBlock(1, made.start.startedAtMillis(), "out", 2, "begun\na timeout of 3 s")));
        writer.close(made.end()).await().atMost(LIMIT);
        var recipes = blocks("sql");
        assertThat(recipes).hasSizeGreaterThanOrEqualTo(8);
        for (var recipe : recipes) {
            assertThat(run(recipe).size()).as(recipe).isPositive();
        }
        var percentiles = run(recipes.stream()
                .filter(recipe -> recipe.contains("0.999]"))
                .findFirst()
                .orElseThrow());
        for (Row row : percentiles) {
            double expected =
                    made.whole.quantile(row.getDouble("q"), made.min, made.max).value();
            assertThat(row.getDouble("value")).isCloseTo(expected, within(1.0));
        }
        long counted = 0;
        for (Row row : run(recipes.stream()
                .filter(recipe -> recipe.contains("@hist_log") || recipe.contains("/ 8 + 2"))
                .findFirst()
                .orElseThrow())) {
            counted += row.getNumeric("count").longValue();
        }
        long negative = 0;
        for (int i = 0; i < made.whole.size(); i++) {
            negative += made.whole.bucketAt(i) < 0 ? made.whole.countAt(i) : 0;
        }
        assertThat(counted).isEqualTo(made.count - negative);
    }

    @Test
    void theExampleIsWhatTheCodecWrites() throws IOException {
        var text = Files.readString(PAGE);
        var example = Pattern.compile("<!-- example: (.*) -->\\s*```\\s*([0-9a-f ]+)\\s*```")
                .matcher(text);
        for (int version : new int[] {1, 2}) {
            assertThat(example.find()).isTrue();
            theExampleIsWhatTheCodecWrites(text, example, version);
        }
    }

    private void theExampleIsWhatTheCodecWrites(String text, Matcher example, int version) {
        var histogram = new Histogram();
        for (var value : example.group(1).split(" ")) {
            var parts = value.split("\\*");
            for (int i = parts.length == 1 ? 1 : Integer.parseInt(parts[1]); i > 0; i--) {
                histogram.add(Long.parseLong(parts[0]));
            }
        }
        var bytes = HistogramCodec.encode(histogram);
        assertThat(bytes[0]).isEqualTo((byte) version);
        assertThat(HexFormat.ofDelimiter(" ").formatHex(bytes))
                .isEqualTo(example.group(2).strip());
        assertThat(text).contains("these " + spelled(bytes.length) + " bytes");
        var rows =
                run("select bucket, n from hist_buckets('\\x" + HexFormat.of().formatHex(bytes) + "') order by bucket");
        var read = new Histogram();
        rows.forEach(row -> read.addBucket(row.getInteger("bucket"), row.getLong("n")));
        assertThat(read).isEqualTo(histogram);
    }

    private static String spelled(int number) {
        return List.of("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen")
                .get(number - 11);
    }

    @Test
    void everyTableIsNamedOnThePage() throws IOException {
        var text = Files.readString(PAGE);
        var rows = run("select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace "
                + "and c.relkind in ('r', 'p', 'v') and not c.relispartition and c.relname <> 'flyway_schema_history'");
        for (Row row : rows) {
            assertThat(text).contains("`" + row.getString(0) + "`");
        }
    }

    @Test
    void rangesInSqlAreThoseOfTheProduct() {
        var made = StoredDays.store(history, pool, 1_788_500_060_000L, 3, 1, 52);
        made.expire("h_min", 86_400);
        var random = new Random(53);
        long series = run("select id from series where number = 0 and capture_id = '" + made.id + "'")
                .iterator()
                .next()
                .getLong(0);
        for (int i = 0; i < 10; i++) {
            long from = 86_400 + 60 * random.nextLong(1_000);
            long to = from + 60 * (1 + random.nextLong(1_800));
            var truth = made.between(0, from, to);
            var read = new Histogram();
            run(String.format(
                            "select bucket, n from range_buckets(%d, '%s', '%s')",
                            series, made.time(from), made.time(to)))
                    .forEach(row -> read.addBucket(row.getInteger("bucket"), row.getLong("n")));
            assertThat(read).isEqualTo(truth);
        }
        var levels = run(String.format(
                "select level, count(*) as rows, sum(n) as n from series_range(%d, '-infinity', '%s') group by level",
                series, made.time(2 * 86_400 + 7_260)));
        var found = new ArrayList<String>();
        long counted = 0;
        for (Row row : levels) {
            found.add(row.getString("level"));
            counted += row.getNumeric("n").longValue();
        }
        assertThat(found).contains("day", "hour");
        assertThat(counted).isEqualTo(made.between(0, 0, 2 * 86_400 + 7_260).count());
    }

    private static List<String> blocks(String language) throws IOException {
        var blocks = new ArrayList<String>();
        var matcher = Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE));
        while (matcher.find()) {
            blocks.add(matcher.group(1).strip().replaceAll(";$", ""));
        }
        return blocks;
    }

    private RowSet<Row> run(String sql) {
        return pool.query(sql).execute().await().atMost(LIMIT);
    }
}
