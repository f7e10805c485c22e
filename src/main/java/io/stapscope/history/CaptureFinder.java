package io.stapscope.history;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Finds the captures of a search, newest first. Each word is looked up in an index, so none reads every script. */
@ApplicationScoped
class CaptureFinder {
    /** WORD stands for the parameter of a word in lower case, PATTERN for the one of its LIKE pattern. */
    private static final String OF_WORD = """
            c.id in (
                select x.id from capture x
                where search_grams(capture_words(x.name, x.target_command, x.arguments, x.tags)) @> word_grams(WORD)
                    and capture_words(x.name, x.target_command, x.arguments, x.tags) like PATTERN escape '!'
                union all
                select x.id from capture x
                join script_revision r on r.id = x.script_revision_id
                where search_grams(lower(r.source)) @> word_grams(WORD) and lower(r.source) like PATTERN escape '!'
                union all
                select x.id from capture x
                join host h on h.id = x.host_id
                where lower(h.name) like PATTERN escape '!'
                union all
                select k.capture_id from capture_key k
                where k.word >= lower(WORD) and k.word < lower(WORD) || U&'\\+10FFFF'
            )
            """;

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
        return questions.ask(connection -> connection
                .preparedQuery(statement.sql())
                .execute(Tuple.from(statement.parameters()))
                .map(CaptureFinder::found));
    }

    /** Limit and offset apply to the page only, so that a page after the last one still knows the total. */
    static Statement statement(CaptureSearch search, int limit, int offset) {
        var parameters = new ArrayList<Object>();
        var conditions = new ArrayList<String>();
        for (String word : search.words()) {
            String value = next(parameters, word);
            String pattern = next(parameters, "%" + word.replaceAll("([!%_])", "!$1") + "%");
            conditions.add(OF_WORD.replace("WORD", value + "::text").replace("PATTERN", pattern));
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
        String sql = "with found as materialized (select c.id, c.started_at from capture c" + where + "), page as ("
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
