package io.stapscope.history;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Finds the captures of a search, newest first. Each word is looked up in an index, so none reads every script. */
@ApplicationScoped
class CaptureFinder {
    /**
     * What has a word, found by itself: together with other conditions the runs would be made of every row at hand. Each is
     * a set of its own: many captures can have one script, one host and one key. WORD stands for the parameter of a word,
     * PATTERN for the one of its LIKE pattern in lower case, N for its number.
     */
    private static final String OF_WORD = """
            revisionsN as materialized (
                select id from script_revision
                where grams @> word_grams(WORD) and searched like PATTERN escape '!'
            ), hostsN as materialized (
                select id from host where lower(name) like PATTERN escape '!'
            ), keysN as materialized (
                select distinct capture_id from capture_key
                where word >= lower(WORD) and word < lower(WORD) || U&'\\+10FFFF'
            ),
            """;

    /** Whether a capture is in one of the sets, which are hashed: nothing is joined, sorted or made unique. */
    private static final String HAS_WORD = """
            (c.script_revision_id in (select id from revisionsN)
                or c.host_id in (select id from hostsN)
                or c.id in (select id from capture where grams @> word_grams(WORD) and words like PATTERN escape '!')
                or c.id in (select capture_id from keysN))
            """;

    /** Read from the index, runs need not be compared row by row, not even those of a word that is in every script. */
    static final String BY_INDEX = "set local enable_seqscan = off";

    private final Questions questions;

    CaptureFinder(Questions questions) {
        this.questions = questions;
    }

    /** Captures of a part of the result, and how many there are in all. */
    record Found(List<UUID> captures, long total) {}

    /** A statement with the values it needs. */
    record Statement(String sql, List<Object> parameters) {}

    Uni<Found> find(CaptureSearch search, int limit, int offset) {
        var statement = statement(search, limit, offset);
        return questions.ask(BY_INDEX, connection -> connection
                .preparedQuery(statement.sql())
                .execute(Tuple.from(statement.parameters()))
                .map(CaptureFinder::found));
    }

    /** Limit and offset apply to the page only, so that a page after the last one still knows the total. */
    static Statement statement(CaptureSearch search, int limit, int offset) {
        var parameters = new ArrayList<Object>();
        var conditions = new ArrayList<String>();
        var words = new StringBuilder();
        for (int i = 0; i < search.words().size(); i++) {
            int number = i;
            String word = search.words().get(i);
            String value = next(parameters, word);
            String pattern = next(parameters, "%" + word.replaceAll("([!%_])", "!$1") + "%");
            UnaryOperator<String> ofThis = text -> text.replace("sN", "s" + number)
                    .replace("WORD", value + "::text")
                    .replace("PATTERN", pattern);
            words.append(ofThis.apply(OF_WORD));
            conditions.add(ofThis.apply(HAS_WORD));
        }
        if (search.tag() != null) {
            conditions.add("c.tags @> " + next(parameters, new String[] {search.tag()}));
        }
        if (search.host() != null) {
            conditions.add("c.host_id in (select id from host where name = " + next(parameters, search.host()) + ")");
        }
        if (search.key() != null) {
            conditions.add("c.id in (select capture_id from capture_key where word = left(lower("
                    + next(parameters, search.key()) + "::text), 200))");
        }
        if (search.fromMillis() != null) {
            String from = next(parameters, WindowStore.utc(search.fromMillis()));
            conditions.add("(c.stopped_at is null or c.stopped_at > " + from + ")");
        }
        if (search.toMillis() != null) {
            conditions.add("c.started_at < " + next(parameters, WindowStore.utc(search.toMillis())));
        }
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        String sql = "with " + words + "found as materialized (select c.id, c.started_at from capture c" + where
                + "), page as ("
                + "select id, started_at from found order by started_at desc, id limit " + limit + " offset " + offset
                + ") select (select count(*) from found) as total, "
                + "(select array_agg(id order by started_at desc, id) from page) as ids";
        return new Statement(sql, parameters);
    }

    private static String next(List<Object> parameters, Object value) {
        parameters.add(value);
        return "$" + parameters.size();
    }

    private static Found found(RowSet<Row> rows) {
        Row row = rows.iterator().next();
        UUID[] ids = row.getArrayOfUUIDs("ids");
        return new Found(ids == null ? List.of() : List.of(ids), row.getLong("total"));
    }
}
