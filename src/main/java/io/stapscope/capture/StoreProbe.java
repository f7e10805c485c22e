package io.stapscope.capture;

import io.smallrye.mutiny.Uni;
import io.stapscope.capture.doctor.Database;
import io.stapscope.history.CaptureQueries;
import io.stapscope.history.CaptureSearch;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Asks whether the store answers. */
@ApplicationScoped
public class StoreProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final CaptureQueries queries;

    StoreProbe(CaptureQueries queries) {
        this.queries = queries;
    }

    /** Never fails: what goes wrong is the answer. */
    public Uni<Database> ask() {
        return queries.search(CaptureSearch.EVERYTHING, 1, 0)
                .map(page -> new Database(true, "answers, keeps " + page.total() + " captures"))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .recoverWithItem(failure -> new Database(false, "does not answer: " + failure.getMessage()));
    }
}
