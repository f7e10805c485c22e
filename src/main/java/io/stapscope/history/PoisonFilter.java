package io.stapscope.history;

import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Writes a batch around the rows that the database refuses for their content: it halves the batch until they stand alone,
 * so that they never block the rest.
 */
final class PoisonFilter {
    private static final Logger LOG = Logger.getLogger(PoisonFilter.class);

    private PoisonFilter() {}

    /** Gives the rows that were refused; fails when the database is away. */
    static Uni<Batch> write(Batch batch, Function<Batch, Uni<Void>> write) {
        return write.apply(batch)
                .replaceWith(EMPTY)
                .onFailure(PoisonFilter::isRefusal)
                .recoverWithUni(failure -> split(batch, write, failure));
    }

    private static final Batch EMPTY = new Batch(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    private static Uni<Batch> split(Batch batch, Function<Batch, Uni<Void>> write, Throwable failure) {
        if (batch.rows() <= 1) {
            // Never the row itself: it holds what was captured.
            LOG.errorf("the store refuses a row for ever: %s", failure.getMessage());
            return Uni.createFrom().item(batch);
        }
        var halves = batch.halves();
        return write(halves.getFirst(), write)
                .chain(first -> write(halves.getLast(), write).map(first::plus));
    }

    /** What the database refuses for its content is refused next time, too. */
    static boolean isRefusal(Throwable failure) {
        return failure instanceof PgException refusal
                && refusal.getSqlState() != null
                && refusal.getSqlState().matches("2[23].*");
    }
}
