package io.stapscope.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.stapscope.postgres.PostgresTestResource;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Accounts of handlers are stored, found again, and never go back. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@Timeout(60)
class ProbesDatabaseTest {
    private static final long NOON = 1_791_000_000_456L;
    private static final int LENGTH = 130;

    @Inject
    CaptureStore store;

    @Inject
    CaptureQueries queries;

    @Inject
    Accounting accounting;

    @Inject
    Pool pool;

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(30));
    }

    private static List<ProbeHits> lastOf(Captures made) {
        return List.of(
                new ProbeHits(0, made.count / 3, 3, 400L, true),
                new ProbeHits(1, made.count - made.count / 3, 0, 250L, true),
                new ProbeHits(2, LENGTH, 0, null, false));
    }

    @Test
    void theLastAccountsOfACaptureAreFoundAndThoseBeforeChangeNothing() {
        var made = Captures.random(Captures.start("probes", "probe begin {}", NOON), LENGTH, 2, 21);
        await(store.open(made.start));
        await(store.open(made.start));
        var batches = Captures.batches(made.start, made.windows, 10);
        for (var batch : batches) {
            await(store.write(made.start.origin(), batch));
        }
        for (var batch : batches.reversed()) {
            await(store.write(made.start.origin(), batch));
        }

        var id = made.start.id();
        var found = await(queries.find(id));
        assertThat(found.probes()).isEqualTo(Captures.PROBES);
        assertThat(found.losses().probes()).isEqualTo(lastOf(made));
        assertThat(await(accounting.of(id)).losses().probes()).isEqualTo(lastOf(made));
        var overview = "select point, hits, hit_ns from probe_overview where capture_id = $1 order by line, point";
        assertThat(await(pool.preparedQuery(overview).execute(Tuple.of(id))).stream()
                        .map(row -> row.getString(0) + " " + row.getValue(1) + " " + row.getValue(2))
                        .toList())
                .containsExactly(
                        "syscall.read " + made.count / 3 + " 400",
                        "syscall.write " + (made.count - made.count / 3) + " 250",
                        "timer.s(1) " + LENGTH + " null",
                        "never 0 null");

        await(queries.delete(id));
        var left = "select count(*) from capture_probe where capture_id = $1";
        assertThat(await(pool.preparedQuery(left).execute(Tuple.of(id)))
                        .iterator()
                        .next()
                        .getLong(0))
                .isZero();
    }

    @Test
    void aCaptureWhoseScriptHasNoProbesIsStored() {
        var none = Captures.withProbes(List.of(), Captures.start("no probes", "", NOON));
        await(store.open(none));
        assertThat(await(queries.find(none.id())).probes()).isEmpty();
        await(queries.delete(none.id()));
    }
}
