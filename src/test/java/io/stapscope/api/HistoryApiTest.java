package io.stapscope.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stapscope.api.RawHttp.Answer;
import io.stapscope.api.table.ParquetTable;
import io.stapscope.postgres.PostgresTestResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked of stored captures: search, compare, export, notes. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class HistoryApiTest extends LoggedInClient {
    private static final String SCRIPT = "global latency probe process.syscall.return "
            + "{ latency[pid(), $syscall] <<< gettimeofday_ns() - @entry(gettimeofday_ns()) }";

    @Test
    void aCaptureIsFoundByTagKeyAndTime() {
        var name = "found " + UUID.randomUUID();
        var id = stored(name, 5);
        var words = "/api/v1/captures?query=" + name.replace(" ", "+");
        assertThat(total(words)).isEqualTo(1);
        assertThat(total(words + "&key=4711")).isEqualTo(1);
        assertThat(total(words + "&key=nobody")).isZero();
        assertThat(total(words + "&host=nowhere")).isZero();
        assertThat(total(words + "&tag=")).isEqualTo(1);
        assertThat(total(words + "&to=1000")).isZero();
        assertThat(total(words + "&from=1000")).isEqualTo(1);
        assertThat(get("/api/v1/captures?query=" + "a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p+q")
                        .status())
                .isEqualTo(400);
        assertThat(id).isNotEmpty();
    }

    @Test
    void twoCapturesAreComparedAsAWholeAndByKey() {
        var a = stored("compared a", 20);
        var b = stored("compared b", 40);

        var answer = json(get("/api/v1/compare?a=" + a + "&b=" + b + "&q=0.5,0.99&facet=pid"));

        assertThat(answer.get("a").get("n").asLong()).isEqualTo(60);
        assertThat(answer.get("b").get("n").asLong()).isEqualTo(120);
        assertThat(answer.get("shifts")).hasSize(2);
        var median = answer.get("shifts").get(0);
        assertThat(median.get("ratio").get("value").asDouble()).isBetween(0.9, 1.1);
        assertThat(median.get("ratio").get("low").asDouble()).isLessThanOrEqualTo(1);
        assertThat(median.get("ratio").get("high").asDouble()).isGreaterThanOrEqualTo(1);
        assertThat(median.get("certain").asBoolean()).isFalse();
        assertThat(answer.get("distance").get("least").asDouble()).isZero();
        assertThat(answer.get("distance").get("chance").asDouble()).isEqualTo(1);
        assertThat(answer.get("keys")).hasSize(2);
        assertThat(answer.get("keys").get(0).get("a").asLong()).isEqualTo(40);
        assertThat(answer.get("keys").get(0).get("b").asLong()).isEqualTo(80);
        assertThat(answer.get("keys").get(0).get("shifts")).hasSize(2);
        assertThat(answer.get("keys").get(1).get("shifts"))
                .as("20 values are too few")
                .isEmpty();
        assertThat(json(get("/api/v1/compare?a=" + a)).get("b").get("n").asLong())
                .as("with itself")
                .isEqualTo(60);
    }

    @Test
    void aFacetIsListedForARange() {
        var id = stored("ranged", 7);
        var whole = json(get("/api/v1/captures/" + id + "/series?facet=pid&from=0"));
        assertThat(whole.get("total").asLong()).isEqualTo(2);
        assertThat(whole.get("series").get(0).get("count").asLong()).isEqualTo(14);
        assertThat(whole.get("coverage").get("coarsest").asText()).isEqualTo("minute");
        assertThat(json(get("/api/v1/captures/" + id + "/series?facet=pid&from=0&to=1000"))
                        .get("series"))
                .isEmpty();
        int one = whole.get("series").get(0).get("id").asInt();
        int other = whole.get("series").get(1).get("id").asInt();
        var both = json(get("/api/v1/captures/" + id + "/quantiles?facet=pid&series=" + one + "," + other));
        assertThat(both.get("whole").get("n").asLong()).isEqualTo(21);
        assertThat(both.get("whole").get("errors")).hasSize(3);
        assertThat(both.get("coverage").get("coarsest").asText()).isEqualTo("second");
    }

    @Test
    void exportsAreFilesInWhichNamesMeanNothing() {
        var id = stored("exported", 5);
        var export = "/api/v1/captures/" + id + "/export";

        var quantiles = get(export + "?columns=1");
        assertThat(quantiles.header("Content-Type")).startsWith("text/csv");
        assertThat(quantiles.header("Content-Disposition")).contains("attachment", id + "-quantiles.csv");
        var lines = quantiles.body().strip().split("\r\n");
        assertThat(lines[0]).isEqualTo("time,count,gap,p50,p50_error,p90,p90_error,p99,p99_error,p99.9,p99.9_error");
        assertThat(lines[1]).contains(",15,false,");

        var buckets = get(export + "?what=buckets&columns=1").body().strip().split("\r\n");
        assertThat(buckets[0]).isEqualTo("time,low,high,count");
        assertThat(buckets[1]).endsWith(",96,103,15");

        assertThat(get(export + "?what=series&facet=pid").body())
                .contains("4711")
                .contains("4712 <img\\xff\\x1b>");
        assertThat(get(export + "?what=console").body()).contains("'=cmd");
        assertThat(json(get(export + "?what=series&facet=pid&format=json"))).hasSize(2);
        assertThat(get(export + "?format=xml").status()).isEqualTo(400);
        assertThat(get(export + "?format=xml").body()).contains("csv, parquet and json");
    }

    @Test
    void anExportAsParquetHoldsWhatTheOthersHold() throws IOException {
        var id = stored("exported as Parquet", 5);
        var export = "/api/v1/captures/" + id + "/export?format=parquet";

        var answer = get(export + "&columns=1&q=0.5,0.99");
        assertThat(answer.header("Content-Type")).isEqualTo("application/vnd.apache.parquet");
        assertThat(answer.header("Content-Disposition")).contains("attachment", id + "-quantiles.parquet");
        var quantiles = ParquetTable.read(answer.bytes());
        assertThat(quantiles.notes()).containsEntry("stapscope.capture", id);
        assertThat(quantiles.rows())
                .singleElement(InstanceOfAssertFactories.MAP)
                .satisfies(row -> {
                    assertThat(row.keySet())
                            .containsExactly("time", "count", "gap", "p50", "p50_error", "p99", "p99_error");
                    assertThat(row).containsEntry("count", 15L).containsEntry("gap", false);
                    assertThat((double) row.get("p50")).isBetween(96.0, 104.0);
                });

        var buckets = ParquetTable.read(get(export + "&what=buckets&columns=1").bytes());
        assertThat(buckets.column("low")).containsExactly(96L);
        assertThat(buckets.column("high")).containsExactly(103L);
        assertThat(buckets.column("count")).containsExactly(15L);
        assertThat(buckets.column("time")).first().isInstanceOf(Instant.class);

        var series = ParquetTable.read(get(export + "&what=series&facet=pid").bytes());
        assertThat(series.column("key")).containsExactlyInAnyOrder("4711", "4712");
        assertThat(series.column("label"))
                .anySatisfy(label -> assertThat(label.toString()).contains("<img\\xff\\x1b>"));
        assertThat(series.column("count")).containsExactlyInAnyOrder(5L, 10L);

        assertThat(ParquetTable.read(get(export + "&what=console").bytes()).column("text"))
                .containsExactly("=cmd|x");
    }

    @Test
    void aCaptureIsNotedOn() {
        var id = stored("noted", 2);
        var notes = "/api/v1/captures/" + id + "/annotations";
        var made = post(notes, "{\"from\":5000,\"to\":6000,\"agg\":0,\"low\":10,\"text\":\" slow <b>disk</b> \"}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        var note = json(get(notes)).get("annotations").get(0);
        assertThat(note.get("text").asText()).isEqualTo("slow <b>disk</b>");
        assertThat(note.get("from").asLong()).isEqualTo(5000);
        assertThat(note.get("low").asLong()).isEqualTo(10);
        assertThat(note.get("high").isNull()).isTrue();
        assertThat(delete(notes + "/" + note.get("id").asLong()).status()).isEqualTo(204);
        assertThat(delete(notes + "/" + note.get("id").asLong()).status()).isEqualTo(404);
        assertThat(json(get(notes)).get("annotations")).isEmpty();
    }

    @Test
    void aScraperReadsRunningCapturesWithItsOwnTokenAndNothingElse() throws IOException {
        var name = "scraped " + UUID.randomUUID();
        var id = json(post(
                        "/api/v1/runs",
                        "{\"script\":" + JSON.valueToTree(SCRIPT) + ",\"persistent\":true,\"name\":\"" + name + "\"}"))
                .get("id")
                .asText();
        tracer.last().tick(5);
        var token = Files.readString(Path.of("target/test-state/scrape-token")).strip();
        var metrics = "/api/v1/metrics/series?facets=total,pid";
        var deadline = Instant.now().plus(Duration.ofSeconds(30));
        var scraped = scrape(metrics, token);
        while (!(scraped.body().contains(id) && scraped.body().contains("} 1500\n"))
                && Instant.now().isBefore(deadline)) {
            LockSupport.parkNanos(50_000_000);
            scraped = scrape(metrics, token);
        }
        assertThat(scraped.status()).isEqualTo(200);
        assertThat(scraped.header("Content-Type")).startsWith("text/plain");
        var total = "{capture=\"" + name + "\",run=\"" + id
                + "\",aggregate=\"latency\",unit=\"ns\",facet=\"total\",key=\"\"";
        assertThat(scraped.body())
                .contains("stapscope_values_bucket" + total + ",le=\"63\"} 0\n")
                .contains("stapscope_values_bucket" + total + ",le=\"127\"} 15\n")
                .contains("stapscope_values_sum" + total + "} 1500\n")
                .contains("facet=\"pid\",key=\"4711 postgres\"");
        assertThat(scrape("/api/v1/captures", token).status()).isEqualTo(401);
        assertThat(scrape(metrics, "wrong").status()).isEqualTo(401);
        assertThat(scrape("/api/v1/metrics/series/", token).status()).isEqualTo(401);
        assertThat(scrape("/api/v1/metrics/accounts", token).status()).isEqualTo(200);
        assertThat(RawHttp.to(port)
                        .json()
                        .with("Authorization", "Bearer " + token)
                        .post("/api/v1/metrics/series", "{}")
                        .status())
                .isEqualTo(401);
    }

    private Answer scrape(String path, String token) {
        return RawHttp.to(port).with("Authorization", "Bearer " + token).get(path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}",
                "null",
                "{\"from\":1,\"text\":\" \"}",
                "{\"from\":2,\"to\":1,\"text\":\"x\"}",
                "{\"from\":2,\"to\":9223372036854775807,\"text\":\"x\"}",
                "{\"from\":1,\"low\":2,\"high\":1,\"text\":\"x\"}",
                "{\"text\":\"x\"}"
            })
    void aNoteThatSaysNothingIsRefused(String body) {
        assertThat(post("/api/v1/captures/" + UUID.randomUUID() + "/annotations", body)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void whatIsNotThereIsSaidSo() {
        var nothing = UUID.randomUUID();
        assertThat(get("/api/v1/compare").status()).isEqualTo(400);
        assertThat(get("/api/v1/compare?a=" + nothing).status()).isEqualTo(404);
        assertThat(get("/api/v1/compare?a=" + nothing + "&keys=5000").status()).isEqualTo(400);
        assertThat(get("/api/v1/captures/" + nothing + "/export").status()).isEqualTo(404);
        assertThat(get("/api/v1/captures/" + nothing + "/export?what=all").status())
                .isEqualTo(400);
        assertThat(get("/api/v1/captures/" + nothing + "/heatmap?facet=pid&series=1,x")
                        .status())
                .isEqualTo(400);
        assertThat(post("/api/v1/captures/" + nothing + "/annotations", "{\"from\":1,\"text\":\"x\"}")
                        .status())
                .isEqualTo(404);
    }

    /** A capture of three values a tick: two of process 4712, one of 4711. */
    private String stored(String name, int ticks) {
        var run = post(
                "/api/v1/runs",
                "{\"script\":" + JSON.valueToTree(SCRIPT) + ",\"persistent\":true,\"name\":\"" + name + "\"}");
        assertThat(run.status()).as(run.body()).isEqualTo(201);
        var id = json(run).get("id").asText();
        tracer.last().print("=cmd|x\n");
        tracer.last().tick(ticks);
        assertThat(delete("/api/v1/runs/" + id).status()).isEqualTo(202);
        awaitStopped(id);
        return id;
    }

    private long total(String path) {
        return json(get(path)).get("total").asLong();
    }
}
