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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class CaptureStoreDatabaseTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Inject
    CaptureStore store;

    @Inject
    Pool pool;

    /** Each the first of its name, and half of them with a text that no other has. */
    @Test
    void capturesOfOneNewScriptThatBeginTogetherAllBegin() {
        for (int round = 0; round < 5; round++) {
            String name = "together " + round;
            var opened = IntStream.range(0, 8)
                    .mapToObj(i ->
                            store.open(Captures.start(name, "probe begin { text <<< " + i / 2 * (i % 2) + " }", 5)))
                    .toList();
            Uni.join().all(opened).andFailFast().await().atMost(LIMIT);
            assertThat(numbers("select count(*) from capture where name = $1", name))
                    .containsExactly(8L);
            assertThat(numbers("select count(*) from script where name = $1", name))
                    .containsExactly(1L);
            assertThat(numbers(
                            "select r.revision::bigint from script_revision r join script s on s.id = r.script_id "
                                    + "where s.name = $1 order by 1",
                            name))
                    .containsExactly(1L, 2L, 3L, 4L);
        }
    }

    private List<Long> numbers(String sql, String name) {
        return pool.preparedQuery(sql).execute(Tuple.of(name)).await().atMost(LIMIT).stream()
                .map(row -> row.getLong(0))
                .toList();
    }
}
