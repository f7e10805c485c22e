package io.stapscope.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stapscope.postgres.PostgresTestResource;
import io.stapscope.statistics.Buckets;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@Timeout(60)
class SqlQuantileDatabaseTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Inject
    History history;

    @Inject
    Pool pool;

    @Test
    void aPersonAtThePromptGetsTheSameQuantiles() {
        var made = Captures.random(Captures.start("prompt", "probe begin {}", 1_795_000_000_000L), 150, 2, 31);
        var writer = history.open(made.start);
        made.writeTo(writer);
        writer.close(made.end()).await().atMost(LIMIT);

        for (double q : new double[] {0, 0.01, 0.5, 0.9, 0.99, 0.999, 1}) {
            Row row = first(
                    "select hist_quantile(id, '-infinity', 'infinity', $2) from series "
                            + "where capture_id = $1 and agg = 0 and number = 0",
                    Tuple.of(made.start.id(), q));
            double expected = made.whole.quantile(q, made.min, made.max).value();
            assertThat(row.getDouble(0)).isCloseTo(expected, within(Math.abs(expected) * 1e-9 + 1e-9));
        }
        Row overview = first(
                "select n, sum, aggregate from capture_overview where id = $1 and aggregate = 'latency'",
                Tuple.of(made.start.id()));
        assertThat(overview.getLong("n")).isEqualTo(made.count);
        assertThat(overview.getLong("sum")).isEqualTo(made.sum);
    }

    @Test
    void bucketsHaveTheSameEdgesAsOurs() {
        var rows = pool.query("select b, bucket_least(b) as low, bucket_greatest(b) as high "
                        + "from generate_series(-400, 400) b")
                .execute()
                .await()
                .atMost(LIMIT);
        for (Row row : rows) {
            int bucket = row.getInteger("b");
            assertThat(row.getDouble("low")).isCloseTo((double) Buckets.lower(bucket), within(1.0));
            assertThat(row.getDouble("high")).isCloseTo((double) Buckets.greatest(bucket), within(1.0));
        }
    }

    private Row first(String sql, Tuple parameters) {
        return pool.preparedQuery(sql)
                .execute(parameters)
                .await()
                .atMost(LIMIT)
                .iterator()
                .next();
    }
}
