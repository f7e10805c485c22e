package io.stapscope.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stapscope.postgres.PostgresTestResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Databases of every earlier version, with captures in them, become today's and lose nothing. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@Timeout(60)
class MigrationDatabaseTest {
    private static final Path MIGRATIONS = Path.of("db/migrations");

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.username")
    String user;

    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    @TempDir
    Path folder;

    /** What a version can hold, and how that is found again. */
    private record Sample(int since, String insert, String count) {}

    private static final List<Sample> SAMPLES = List.of(
            new Sample(1, """
                    insert into script (name) values ('made');
                    insert into script_revision (script_id, revision, source, sha256)
                        values (1, 1, 'probe begin {}', 'digest');
                    insert into host (name, kernel, architecture) values ('here', '6.1', 'x86_64')
                    """, "select count(*) from script_revision where source = 'probe begin {}'"),
            new Sample(
                    2,
                    """
                    insert into capture (id, script_revision_id, host_id, name, state, arguments, tags, interval_ms,
                        started_at, stopped_at)
                    values ('00000000-0000-0000-0000-000000000001', 1, 1, 'made', 'stopped', '{}', '{red}', 1000,
                        '2026-05-04 12:00:00+00', '2026-05-04 13:00:00+00');
                    insert into aggregate values ('00000000-0000-0000-0000-000000000001', 0, 'latency', 'statistic',
                        '{pid}', 'ns', 3)
                    """,
                    "select count(*) from capture c join aggregate a on a.capture_id = c.id where c.tags = '{red}'"),
            new Sample(3, """
                    insert into series (capture_id, agg, number, facet, keys, key_kinds, labels, n)
                    values ('00000000-0000-0000-0000-000000000001', 0, 0, 1, '{}', '{}', '{}', 7)
                    """, "select n from series"),
            new Sample(4, """
                    select ensure_partitions('2026-05-04');
                    insert into h_min (series_id, ts, seq, n, sum, vmin, vmax, hist)
                    values (1, '2026-05-04 12:00:00+00', 59, 3, 6, 1, 3, '\\x01020201'),
                        (1, '2026-05-04 12:01:00+00', 119, 4, 8, 2, 2, '\\x01020201'),
                        (1, '2020-01-01 00:00:00+00', 1, 0, 0, 0, 0, null);
                    insert into h_1s (series_id, ts, seq, n, chunk) values (1, '2026-05-04 12:00:00+00', 59, 3, '\\x01')
                    """, "select sum(n) from h_min"),
            new Sample(5, """
                    insert into capture_minute (capture_id, ts, seq, seconds_known, hits, skipped_self,
                        skipped_no_entry, lost_events, lost_keys, lost_updates, read_faults, recursion_misses,
                        soft_errors, keys, key_capacity, hit_ns)
                    values ('00000000-0000-0000-0000-000000000001', '2026-05-04 12:00:00+00', 59, 15, 7, 0, 0, 0, 0, 0,
                        0, 0, 0, 1, 10, 80)
                    """, "select sum(hits) from capture_minute"),
            new Sample(6, """
                    insert into console values ('00000000-0000-0000-0000-000000000001', 1, '2026-05-04 12:00:00+00',
                        'out', 'a line')
                    """, "select count(*) from console where line = 'a line'"),
            new Sample(38, """
                    insert into capture_probe (capture_id, handler, point, line, col, hits)
                    values ('00000000-0000-0000-0000-000000000001', 0, 'begin', 1, 13, 7)
                    """, "select hits from capture_probe"));

    static Stream<Integer> earlierVersions() throws IOException {
        var all = versions();
        return all.subList(0, all.size() - 1).stream();
    }

    private static List<Integer> versions() throws IOException {
        try (var files = Files.list(MIGRATIONS)) {
            return files.map(file ->
                            Integer.parseInt(file.getFileName().toString().substring(1, 4)))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("earlierVersions")
    void keepsWhatAnEarlierVersionStored(int version) throws SQLException {
        String schema = "from_" + version;
        flyway(schema, Integer.toString(version), MIGRATIONS).migrate();
        var before = new ArrayList<Long>();
        try (var connection = connection(schema)) {
            for (var sample : samplesOf(version)) {
                execute(connection, sample.insert());
            }
            for (var sample : samplesOf(version)) {
                before.add(query(connection, sample.count()));
            }
        }
        assertThat(before).doesNotContain(0L);

        flyway(schema, "latest", MIGRATIONS).migrate();

        try (var connection = connection(schema)) {
            var after = new ArrayList<Long>();
            for (var sample : samplesOf(version)) {
                after.add(query(connection, sample.count()));
            }
            assertThat(after).isEqualTo(before);
            if (version >= 5) {
                assertThat(query(connection, "select count(*) from capture_minute where not rolled"))
                        .isEqualTo(1);
            }
            execute(connection, "drop schema " + schema + " cascade");
        }
    }

    private static List<Sample> samplesOf(int version) {
        return SAMPLES.stream().filter(sample -> sample.since() <= version).toList();
    }

    @Test
    void aMigrationThatFailsLeavesNothingOfIt() throws Exception {
        try (var files = Files.list(MIGRATIONS)) {
            for (var file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName().toString()));
            }
        }
        Files.writeString(
                folder.resolve("V999__broken.sql"), "create table half (a int); insert into half values (1 / 0);");
        var flyway = flyway("broken", "latest", folder);
        assertThatThrownBy(flyway::migrate)
                .isInstanceOf(FlywayException.class)
                .hasMessageContaining("division by zero");
        try (var connection = connection("broken")) {
            assertThat(query(
                            connection,
                            "select count(*) from pg_tables where schemaname = 'broken' and tablename = 'half'"))
                    .isZero();
            assertThat(query(connection, "select count(*) from capture")).isZero();
            execute(connection, "drop schema broken cascade");
        }
    }

    @Test
    void partitionsComeAheadAndGoWhenTheirTimeIsOver() throws SQLException {
        flyway("partitions", "latest", MIGRATIONS).migrate();
        try (var connection = connection("partitions")) {
            execute(connection, """
                    select ensure_partitions(day::date) from generate_series('2026-01-30', '2026-02-02', interval '1 day') day;
                    select ensure_partitions('2026-02-02');
                    insert into h_min (series_id, ts, seq, n, sum, vmin, vmax)
                    select 1, day, 1, 1, 1, 1, 1 from generate_series('2026-01-30 00:00+00'::timestamptz,
                        '2026-02-02 23:00+00', interval '1 hour') day;
                    insert into h_hour (series_id, ts, seq, n, sum, vmin, vmax) select series_id, ts, 1, 1, 1, 1, 1 from h_min
                    """);
            assertThat(query(connection, "select count(*) from only h_min_default"))
                    .isZero();
            assertThat(query(connection, "select count(*) from h_hour_202601")).isEqualTo(48);

            assertThat(query(connection, "select count(*) from drop_partitions('h_min', '2026-02-01 00:00+00')"))
                    .isEqualTo(2);
            assertThat(query(connection, "select count(*) from drop_partitions('h_hour', '2026-02-01 00:00+00')"))
                    .isEqualTo(1);
            assertThat(query(connection, "select count(*) from h_min")).isEqualTo(48);
            assertThat(query(connection, "select count(*) from h_hour")).isEqualTo(48);
            assertThat(query(connection, "select count(*) from drop_partitions('h_min', '2026-02-01 23:59+00')"))
                    .isZero();
            execute(connection, "drop schema partitions cascade");
        }
    }

    private Flyway flyway(String schema, String target, Path migrations) {
        return Flyway.configure()
                .dataSource(url, user, password)
                .schemas(schema)
                .locations("filesystem:" + migrations.toAbsolutePath())
                .target(target)
                .load();
    }

    private Connection connection(String schema) throws SQLException {
        // Not from the pool: the next user of a connection must not inherit its schema.
        return DriverManager.getConnection(url + "?currentSchema=" + schema, user, password);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long query(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getLong(1);
        }
    }
}
