package io.stapscope.history;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.function.Function;

/**
 * Reads of the store on behalf of people: each in a transaction that sees one moment, may not write, and ends when it takes
 * too long, so that no question keeps the store from taking what is counted.
 */
@ApplicationScoped
class Questions {
    private static final String CANCELED = "57014";

    private final Pool pool;
    private final long limitMillis;
    private final String begin;

    @Inject
    Questions(Pool pool, HistorySettings settings) {
        this(pool, settings.questionLimit());
    }

    Questions(Pool pool, Duration limit) {
        this.pool = pool;
        this.limitMillis = limit.toMillis();
        // Sent as one message, so that the limit costs no round trip. JIT would cost more than most questions take.
        // To sort an hour of a thousand series by time takes some 15 MB; the default of 4 MB would do it on disk,
        // five times as slowly.
        this.begin = "set transaction isolation level repeatable read read only; set local statement_timeout = "
                + limitMillis + "; set local jit = off; set local work_mem = '32MB'";
    }

    <T> Uni<T> ask(Function<SqlConnection, Uni<T>> question) {
        return ask("", question);
    }

    /** @param settings statements that set something for this question alone; they cost no round trip either */
    <T> Uni<T> ask(String settings, Function<SqlConnection, Uni<T>> question) {
        String all = settings.isEmpty() ? begin : begin + "; " + settings;
        return pool.withTransaction(
                        connection -> connection.query(all).execute().chain(() -> question.apply(connection)))
                .onFailure(Questions::isCanceled)
                .transform(_ -> new QuestionTooLongException(limitMillis));
    }

    private static boolean isCanceled(Throwable failure) {
        return failure instanceof PgException refusal && CANCELED.equals(refusal.getSqlState());
    }
}
