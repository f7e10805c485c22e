package io.stapscope.history;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rules and what they found. */
@ApplicationScoped
public class Alerts {
    private static final String RULES = """
            select id as rule_id, name, capture_name, aggregate, quantile, threshold, for_seconds, webhook, enabled
            from alert_rule order by name
            """;

    private static final String INSERT_RULE = """
            insert into alert_rule (name, capture_name, aggregate, measure, quantile, threshold, for_seconds, webhook,
                enabled)
            values ($1, $2, $3, case when $4::float8 is null then 'rate' else 'quantile' end, $4, $5, $6, $7, $8)
            returning id as rule_id, name, capture_name, aggregate, quantile, threshold, for_seconds, webhook, enabled
            """;

    /** Nothing when the alert goes on already: it gets its worst value. */
    private static final String RAISE = """
            insert into alert (rule_id, capture_id, began_at, value, worst) values ($1, $2, $3, $4, $4)
            on conflict (rule_id, capture_id) where ended_at is null
                do update set worst = greatest(alert.worst, excluded.worst)
            returning id, xmax = 0 as raised
            """;

    private static final String END = """
            update alert set ended_at = $3 where rule_id = $1 and capture_id = $2 and ended_at is null
            """;

    /** Of captures that are over, or whose rule does not watch any more. */
    private static final String END_OTHERS = """
            update alert a set ended_at = coalesce(c.stopped_at, now())
            from capture c, alert_rule r
            where c.id = a.capture_id and r.id = a.rule_id and a.ended_at is null
                and (c.stopped_at is not null or not r.enabled)
            """;

    private static final String LIST = """
            select a.id, a.rule_id, a.capture_id, a.began_at, a.ended_at, a.value, a.worst, a.told, r.name,
                r.capture_name, r.aggregate, r.quantile, r.threshold, r.for_seconds, r.webhook, r.enabled
            from alert a join alert_rule r on r.id = a.rule_id
            where $1::uuid is null or a.capture_id = $1
            order by a.began_at desc, a.id desc
            limit $2
            """;

    /** SQLSTATE of a name that is taken. */
    private static final String TAKEN = "23505";

    private final Pool pool;

    Alerts(Pool pool) {
        this.pool = pool;
    }

    public Uni<List<AlertRule>> rules() {
        return pool.query(RULES).execute().map(rows -> {
            var rules = new ArrayList<AlertRule>();
            rows.forEach(row -> rules.add(rule(row)));
            return rules;
        });
    }

    /** The stored rule; fails with {@link IllegalArgumentException} when its name is taken. */
    public Uni<AlertRule> add(AlertRule rule) {
        return pool.preparedQuery(INSERT_RULE)
                .execute(Tuple.tuple()
                        .addString(rule.name())
                        .addString(rule.captureName())
                        .addString(rule.aggregate())
                        .addDouble(rule.quantile())
                        .addDouble(rule.threshold())
                        .addInteger(rule.forSeconds())
                        .addString(rule.webhook())
                        .addBoolean(rule.enabled()))
                .map(rows -> rule(rows.iterator().next()))
                .onFailure(failure -> failure instanceof PgException refusal && TAKEN.equals(refusal.getSqlState()))
                .transform(_ -> new IllegalArgumentException("there is a rule '" + rule.name() + "' already"));
    }

    public Uni<Boolean> enable(long rule, boolean enabled) {
        return changed("update alert_rule set enabled = $2 where id = $1", Tuple.of(rule, enabled));
    }

    /** Also removes what it found. */
    public Uni<Boolean> remove(long rule) {
        return changed("delete from alert_rule where id = $1", Tuple.of(rule));
    }

    /** The new alert's id, or null when it goes on already. */
    public Uni<@Nullable Long> raise(long rule, UUID capture, long atMillis, double value) {
        return pool.preparedQuery(RAISE)
                .execute(Tuple.of(rule, capture, WindowStore.utc(atMillis), value))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    return row.getBoolean("raised") ? row.getLong("id") : null;
                });
    }

    /** Whether one went on. */
    public Uni<Boolean> end(long rule, UUID capture, long atMillis) {
        return changed(END, Tuple.of(rule, capture, WindowStore.utc(atMillis)));
    }

    public Uni<Boolean> endOthers() {
        return pool.query(END_OTHERS).execute().map(rows -> rows.rowCount() > 0);
    }

    public Uni<Boolean> told(long alert, String outcome) {
        return changed("update alert set told = $2 where id = $1", Tuple.of(alert, outcome));
    }

    /** Newest first; of all captures when none is given. */
    public Uni<List<Alert>> list(@Nullable UUID capture, int limit) {
        return pool.preparedQuery(LIST)
                .execute(Tuple.tuple().addUUID(capture).addInteger(limit))
                .map(Alerts::alerts);
    }

    private Uni<Boolean> changed(String sql, Tuple parameters) {
        return pool.preparedQuery(sql).execute(parameters).map(rows -> rows.rowCount() > 0);
    }

    private static List<Alert> alerts(RowSet<Row> rows) {
        var alerts = new ArrayList<Alert>();
        for (Row row : rows) {
            OffsetDateTime ended = row.getOffsetDateTime("ended_at");
            alerts.add(new Alert(
                    row.getLong("id"),
                    rule(row),
                    row.getUUID("capture_id"),
                    millis(row.getOffsetDateTime("began_at")),
                    ended == null ? null : (Long) millis(ended),
                    row.getDouble("value"),
                    row.getDouble("worst"),
                    row.getString("told")));
        }
        return alerts;
    }

    private static AlertRule rule(Row row) {
        return new AlertRule(
                row.getLong("rule_id"),
                row.getString("name"),
                row.getString("capture_name"),
                row.getString("aggregate"),
                row.getDouble("quantile"),
                row.getDouble("threshold"),
                row.getInteger("for_seconds"),
                row.getString("webhook"),
                row.getBoolean("enabled"));
    }

    private static long millis(OffsetDateTime time) {
        return time.toInstant().toEpochMilli();
    }
}
