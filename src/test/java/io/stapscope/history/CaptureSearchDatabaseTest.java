package io.stapscope.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.stapscope.postgres.PostgresTestResource;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@Timeout(60)
class CaptureSearchDatabaseTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long NOON = 1_791_000_000_000L;
    private static final long HOUR = 3_600_000;

    private static final List<String> MANY = List.of(
            "insert into script (name) values ('many')",
            "insert into script_revision (script_id, revision, source, sha256) select id, i, "
                    + "'probe ' || md5(i::text) || md5((i * 7)::text), i::text from script, generate_series(1, 1000) i "
                    + "where name = 'many'",
            "insert into host (name, kernel, architecture) select 'host ' || i, '', '' from generate_series(1, 20) i",
            "insert into capture (id, script_revision_id, host_id, name, state, arguments, tags, interval_ms, "
                    + "started_at) select gen_random_uuid(), r.id, h.id, md5(r.sha256), 'stopped', '{}', "
                    + "array['tag ' || r.revision % 50], 1000, now() from script_revision r join script s on "
                    + "s.id = r.script_id join host h on h.name = 'host ' || 1 + r.revision % 20 where s.name = 'many'",
            "insert into capture_key select 'key ' || i, id from capture, generate_series(1, 20) i",
            "analyze script_revision, capture, capture_key, host");

    @Inject
    History history;

    @Inject
    CaptureQueries queries;

    @Inject
    Questions questions;

    @Inject
    Pool pool;

    private UUID first = UUID.randomUUID();
    private UUID second = UUID.randomUUID();

    @BeforeEach
    void storeTwo() {
        first = stored("Search 慢盘 disk", "probe syscall.read { searched <<< $return }", NOON, 3, "searched", "db");
        second = stored("Search two", "probe syscall.write { searched <<< 50%_x }", NOON + HOUR, 1, "searched");
    }

    @Test
    void findsEveryPartOfAWordHoweverShort() {
        for (var query : List.of("syscall.read", "call.rea", "慢盘", "慢", "DISK searched", "made-up-HOST 慢", "db 慢")) {
            assertThat(ids(query)).as(query).contains(first).doesNotContain(second);
        }
        assertThat(ids("50%_x")).contains(second).doesNotContain(first);
        assertThat(ids("searched search")).contains(first, second);
        assertThat(ids("searched nowhere-to-be-found")).isEmpty();
        assertThat(ids("'; drop table capture; --")).isEmpty();
    }

    @Test
    void findsKeysByTheirBeginAndWholeOnesByName() {
        // Captures.random counts under processes 1000, 1001 ... with the label 'PID "a\0b"'.
        assertThat(ids("searched 1002")).contains(first).doesNotContain(second);
        assertThat(ids("searched 100")).contains(first, second);
        assertThat(found(search(null, null, "1002", null, null)))
                .contains(first)
                .doesNotContain(second);
        assertThat(found(search(null, null, "100", null, null))).doesNotContain(first, second);
        assertThat(found(search(null, null, "\"A\\x00B\"", null, null))).contains(first, second);
    }

    @Test
    void narrowsByTagHostAndTime() {
        assertThat(found(search("db", null, null, NOON, NOON + HOUR)))
                .contains(first)
                .doesNotContain(second);
        assertThat(found(search("d", null, null, null, null))).doesNotContain(first);
        assertThat(found(search("searched", "made-up-host", null, NOON + HOUR, null)))
                .contains(second)
                .doesNotContain(first);
        assertThat(found(search("searched", "made-up", null, null, null))).isEmpty();
        assertThat(found(search("searched", null, null, null, NOON))).isEmpty();
    }

    @Test
    void aPageAfterTheLastStillKnowsTheTotal() {
        var page = await(queries.search(CaptureSearch.of("searched"), 1, 1_000));
        assertThat(page.captures()).isEmpty();
        assertThat(page.total()).isGreaterThanOrEqualTo(2);
        assertThat(await(queries.search(CaptureSearch.of("searched"), 1, 0)).captures())
                .hasSize(1);
    }

    @Test
    void wordsAreLookedUpInIndexes() {
        assertThat(explain(CaptureFinder.statement(CaptureSearch.of("syscall.read write"), 50, 0)))
                .contains("capture_search_index", "script_revision_search_index", "capture_key_pk")
                .as("of all tables only that of machines is read as a whole, which has a row for each")
                .doesNotContainPattern("Seq Scan on (?!host)")
                .as("the list is read once, and words are sets that it is looked up in")
                .containsOnlyOnce("capture_list_index")
                .contains("hashed SubPlan")
                .doesNotContainPattern("Join|Nested Loop|\\(SubPlan|OR SubPlan");
        assertThat(explain(CaptureFinder.statement(search("db", null, null, null, null), 50, 0)))
                .contains("capture_tags_index")
                .doesNotContain("Seq Scan");
        assertThat(explain(CaptureFinder.statement(search(null, null, "read", null, null), 50, 0)))
                .contains("capture_key_pk")
                .doesNotContain("Seq Scan");
    }

    @Test
    void aQuestionThatTakesTooLongIsGivenUpAndMayNotWrite() {
        var impatient = new Questions(pool, Duration.ofMillis(50));
        assertThatThrownBy(() -> await(impatient.ask(
                        connection -> connection.query("select pg_sleep(30)").execute())))
                .isInstanceOf(QuestionTooLongException.class)
                .hasMessageContaining("shorter range");
        assertThatThrownBy(() -> await(questions.ask(
                        connection -> connection.query("delete from console").execute())))
                .hasMessageContaining("read-only transaction");
    }

    /** Of a small table PostgreSQL would read all of it, so it is asked with a thousand captures, which then go again. */
    private String explain(CaptureFinder.Statement statement) {
        var plan = new StringBuilder();
        assertThatThrownBy(() -> await(pool.withTransaction(connection -> {
                    Uni<?> made = Uni.createFrom().voidItem();
                    for (String sql : MANY) {
                        made = made.chain(() -> connection.query(sql).execute());
                    }
                    return made.chain(() ->
                                    connection.query(CaptureFinder.BY_INDEX).execute())
                            .chain(() -> connection
                                    .preparedQuery("explain " + statement.sql())
                                    .execute(Tuple.from(statement.parameters())))
                            .invoke(rows -> rows.forEach(
                                    row -> plan.append(row.getString(0)).append('\n')))
                            .chain(() -> Uni.createFrom().failure(new IllegalStateException("undo")));
                })))
                .hasMessage("undo");
        return plan.toString();
    }

    private UUID stored(String name, String script, long startedAt, int pids, String... tags) {
        var made = Captures.random(Captures.start(name, script, startedAt, tags), 20, pids, 5);
        var writer = history.open(made.start);
        made.writeTo(writer);
        await(writer.close(made.end()));
        return made.start.id();
    }

    private static CaptureSearch search(
            @Nullable String tag, @Nullable String host, @Nullable String key, @Nullable Long from, @Nullable Long to) {
        return new CaptureSearch(List.of(), tag, host, key, from, to);
    }

    private List<UUID> ids(String query) {
        return found(CaptureSearch.of(query));
    }

    private List<UUID> found(CaptureSearch search) {
        return await(queries.search(search, 500, 0)).captures().stream()
                .map(CaptureRecord::id)
                .toList();
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(LIMIT);
    }
}
