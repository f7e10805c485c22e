package io.stapscope.history;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.stapscope.statistics.DenseHistogram;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * All series of a facet over a range, in whole minutes: PostgreSQL adds up their counts, and only those that are wanted are
 * read with their distributions.
 */
@ApplicationScoped
class FacetStore {
    private static final String MEMBERS = """
            select id, number, keys, key_kinds, labels, notes from series where capture_id = $1 and agg = $2 and facet = $3
            """;

    static final String COUNTS = """
            select series_id, sum(n)::bigint as n from TABLE
            where series_id = any($1) and ts >= $2 and ts < $3 group by series_id
            """;

    private static final String DISTRIBUTIONS = """
            select series_id, sum(n)::bigint as n, sum(sum) as sum, min(vmin) as vmin, max(vmax) as vmax,
                string_agg(hist, ''::bytea) as hist
            from TABLE where series_id = any($1) and ts >= $2 and ts < $3 group by series_id
            """;

    /** More than this and the ends of the range are widened to whole hours. */
    private static final long MOST_ROWS = 200_000;

    private final Questions questions;

    FacetStore(Questions questions) {
        this.questions = questions;
    }

    record Member(long id, int number, List<KeyPart> keys) {}

    /** Where the range lies, and what each series of the facet counted in it; those that counted nothing are not here. */
    record Counted(RangeSubject subject, RangePlan plan, Map<Long, Member> members, Map<Long, Long> counts) {
        /** The ids of the series with the greatest counts. */
        List<Long> largest(int limit) {
            return counts.entrySet().stream()
                    .sorted(Map.Entry.<Long, Long>comparingByValue(Comparator.reverseOrder())
                            .thenComparing(entry -> member(entry.getKey()).number()))
                    .limit(limit)
                    .map(Map.Entry::getKey)
                    .toList();
        }

        Member member(long id) {
            return Objects.requireNonNull(members.get(id));
        }

        Coverage coverage() {
            return plan.coverage(subject.startedAtMillis());
        }
    }

    /** The largest series of a facet in a range; {@code range.series} does not matter. */
    Uni<SeriesPage> largest(SeriesRange range, Facet facet, int limit) {
        return questions.ask(connection -> count(connection, range, facet)
                .chain(counted -> distributions(connection, counted, counted.largest(limit))
                        .map(found -> page(facet, counted, found))));
    }

    private static SeriesPage page(Facet facet, Counted counted, Map<Member, Distribution> found) {
        var summaries = new ArrayList<SeriesPage.SeriesSummary>();
        found.forEach((member, distribution) ->
                summaries.add(SeriesPage.summary(member.number(), facet, member.keys(), distribution)));
        return new SeriesPage(summaries, counted.counts().size(), counted.coverage());
    }

    Uni<Counted> count(SqlConnection connection, SeriesRange range, Facet facet) {
        var whole = new SeriesRange(range.capture(), range.agg(), 0, range.fromMillis(), range.toMillis(), 1);
        return connection
                .preparedQuery(RangeSubject.SQL)
                .execute(Tuple.of(range.capture(), range.agg(), new Integer[] {0}))
                .map(rows -> RangeSubject.of(whole, rows))
                .chain(subject -> connection
                        .preparedQuery(MEMBERS)
                        .execute(Tuple.of(range.capture(), range.agg(), facet.code()))
                        .chain(rows -> count(connection, whole, subject, members(rows))));
    }

    private static Map<Long, Member> members(RowSet<Row> rows) {
        var members = new HashMap<Long, Member>();
        for (Row row : rows) {
            String[] values = row.getArrayOfStrings("keys");
            String[] kinds = row.getArrayOfStrings("key_kinds");
            String[] labels = row.getArrayOfStrings("labels");
            var keys = KeyPart.all(kinds, values, labels, row.getArrayOfStrings("notes"));
            members.put(row.getLong("id"), new Member(row.getLong("id"), row.getInteger("number"), keys));
        }
        return members;
    }

    private static Uni<Counted> count(
            SqlConnection connection, SeriesRange range, RangeSubject subject, Map<Long, Member> members) {
        long from = Level.MINUTE.floor(subject.from(range));
        long to = Level.MINUTE.ceil(subject.to(range));
        if (from >= to || members.isEmpty()) {
            return Uni.createFrom().item(new Counted(subject, RangePlan.NOTHING, members, Map.of()));
        }
        var ids = members.keySet().toArray(Long[]::new);
        return new DetailReader(connection, subject)
                .read(from, to)
                .map(detail -> plan(subject, from, to, detail, ids.length))
                .chain(plan -> {
                    var counts = new HashMap<Long, Long>();
                    return overPieces(connection, subject, plan, COUNTS, ids, row -> {
                                if (row.getLong("n") != 0) {
                                    counts.merge(row.getLong("series_id"), row.getLong("n"), Long::sum);
                                }
                            })
                            .replaceWith(() -> new Counted(subject, plan, members, counts));
                });
    }

    private static RangePlan plan(RangeSubject subject, long from, long to, Detail detail, int series) {
        var plan = RangePlan.of(from, to, 1, subject.intervalMillis(), detail, 1);
        return plan.rows() * series > MOST_ROWS
                ? RangePlan.of(from, to, 1, subject.intervalMillis(), detail.inHours(), 1)
                : plan;
    }

    /** What of each of these series is in the range. */
    Uni<Map<Member, Distribution>> distributions(SqlConnection connection, Counted counted, List<Long> ids) {
        var gathered = new HashMap<Long, Gathering>();
        ids.forEach(id -> gathered.put(id, new Gathering()));
        return overPieces(
                        connection,
                        counted.subject(),
                        counted.plan(),
                        DISTRIBUTIONS,
                        ids.toArray(Long[]::new),
                        row -> Objects.requireNonNull(gathered.get(row.getLong("series_id")))
                                .add(row))
                .map(_ -> {
                    var distributions = new LinkedHashMap<Member, Distribution>();
                    for (long id : ids) {
                        distributions.put(
                                counted.member(id),
                                Objects.requireNonNull(gathered.get(id)).distribution(counted.coverage()));
                    }
                    return distributions;
                });
    }

    private static Uni<Void> overPieces(
            SqlConnection connection,
            RangeSubject subject,
            RangePlan plan,
            String sql,
            Long[] ids,
            Consumer<Row> each) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (var piece : plan.pieces()) {
            all = all.chain(() -> connection
                    .preparedQuery(sql.replace("TABLE", piece.level().table()))
                    .execute(Tuple.of(ids, subject.time(piece.from()), subject.time(piece.to())))
                    .emitOn(Infrastructure.getDefaultWorkerPool())
                    .invoke(rows -> rows.forEach(each))
                    .replaceWithVoid());
        }
        return all;
    }

    private static final class Gathering {
        private final DenseHistogram histogram = new DenseHistogram();
        private long count;
        private long sum;
        private long min = Long.MAX_VALUE;
        private long max = Long.MIN_VALUE;

        void add(Row row) {
            count += row.getLong("n");
            sum += ((Number) row.getValue("sum")).longValue();
            min = Math.min(min, row.getLong("vmin"));
            max = Math.max(max, row.getLong("vmax"));
            Buffer encoded = row.getBuffer("hist");
            if (encoded != null) {
                histogram.addEncoded(encoded.getBytes());
            }
        }

        Distribution distribution(Coverage coverage) {
            boolean empty = min > max;
            return new Distribution(
                    coverage, histogram.toHistogram(), count, sum, true, empty ? 0 : min, empty ? 0 : max);
        }
    }
}
