package io.stapscope.history;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Accounts of captures in PostgreSQL. */
@ApplicationScoped
class AccountStore implements Accounting {
    /**
     * The verdict when a capture has ended and all of it is stored: what the counters say, every reason of a gap, and
     * totals whose minutes do not add up to what was counted, unless retention took minutes away.
     */
    private static final String VERDICT = """
            with reasons as (
                select $2::text[]
                    || array(select 'gap_' || g.reason || '=' || coalesce(sum(g.lost)::text, '?')
                        from gap g where g.capture_id = $1 group by g.reason order by g.reason)
                    || array(select 'balance_windows_' || a.name || '=' || s.n - m.n
                        from capture c
                        join series s on s.capture_id = c.id and s.number = 0
                        join aggregate a on a.capture_id = c.id and a.agg = s.agg
                        cross join lateral (
                            select coalesce(sum(h.n), 0) as n from h_min h where h.series_id = s.id) m
                        where c.id = $1 and c.minutes_from is null and s.n <> m.n order by s.agg) as inexact
            )
            update capture c
            set inexact = reasons.inexact, complete = cardinality(reasons.inexact) = 0
            from reasons
            where c.id = $1
            """;

    private static final String ACCOUNT = """
            select c.complete, c.inexact, c.refused, m.*,
                (select coalesce(sum(l.lines), 0)::bigint from console l where l.capture_id = c.id) as stored_lines
            from capture c
            left join lateral (
                select * from capture_minute where capture_id = c.id order by ts desc limit 1
            ) m on true
            where c.id = $1
            """;

    private static final String GAPS = """
            select from_at, to_at, reason, lost, detail from gap where capture_id = $1 order by from_at, reason limit 1000
            """;

    private final Pool pool;
    private final ProbeStore probes;

    AccountStore(Pool pool, ProbeStore probes) {
        this.probes = probes;
        this.pool = pool;
    }

    /** Stores the verdict on a capture that ended. */
    Uni<Void> judge(UUID capture, LossRecord losses, long refused) {
        var reasons = new ArrayList<>(Verdict.losses(losses, refused));
        reasons.addAll(Verdict.balance(losses));
        return pool.preparedQuery(VERDICT)
                .execute(Tuple.tuple().addValue(capture).addValue(reasons.toArray(String[]::new)))
                .replaceWithVoid();
    }

    @Override
    public Uni<Account> of(UUID capture) {
        return pool.preparedQuery(ACCOUNT).execute(Tuple.of(capture)).chain(found -> {
            if (found.size() == 0) {
                throw new NoSuchCaptureException("no capture " + capture);
            }
            var row = found.iterator().next();
            return pool.preparedQuery(GAPS).execute(Tuple.of(capture)).chain(gaps -> probes.of(capture)
                    .map(handlers -> account(row, handlers.hits(), gaps)));
        });
    }

    private static Account account(Row row, List<ProbeHits> probes, RowSet<Row> gaps) {
        var losses = losses(row).with(probes);
        var complete = row.getBoolean("complete");
        var inexact = complete == null
                ? Verdict.losses(losses, row.getLong("refused"))
                : List.of(row.getArrayOfStrings("inexact"));
        return new Account(
                complete,
                inexact,
                losses,
                row.getLong("refused"),
                losses.lines(),
                row.getLong("stored_lines"),
                gaps.stream().map(AccountStore::gap).toList());
    }

    private static Gap gap(Row row) {
        return new Gap(
                row.getOffsetDateTime("from_at").toInstant().toEpochMilli(),
                row.getOffsetDateTime("to_at").toInstant().toEpochMilli(),
                GapReason.ofWord(row.getString("reason")),
                row.getLong("lost"),
                row.getString("detail"));
    }

    /** Counters of a row of capture_minute; none where the row is missing. */
    static LossRecord losses(@Nullable Row row) {
        return row == null || row.getLong("hits") == null
                ? LossRecord.NONE
                : new LossRecord(
                        row.getLong("hits"),
                        row.getLong("skipped_self"),
                        row.getLong("skipped_no_entry"),
                        row.getLong("lost_events"),
                        row.getLong("lost_keys"),
                        row.getLong("lost_updates"),
                        row.getLong("lost_returns"),
                        row.getLong("read_faults"),
                        row.getLong("recursion_misses"),
                        row.getLong("soft_errors"),
                        row.getLong("keys"),
                        row.getLong("key_capacity"),
                        row.getLong("hit_ns"),
                        row.getLong("fired"),
                        row.getLong("updates"),
                        row.getLong("applied"),
                        row.getLong("unsettled"),
                        row.getLong("events"),
                        row.getLong("consumed"),
                        row.getLong("malformed"),
                        row.getLong("lines_read"),
                        new LossRecord.Frames(
                                row.getLong("frames_made"), row.getLong("frames_told"), row.getLong("frames_missed")),
                        List.of());
    }
}
