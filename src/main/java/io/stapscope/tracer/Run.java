package io.stapscope.tracer;

import java.util.concurrent.CompletableFuture;

/** One plan that runs. */
public interface Run {
    /** Asks it to stop as exit() does: end handlers run, everything is detached. Returns at once; idempotent. */
    void stop(String reason);

    /** Completes when everything is detached and the last window and line were delivered. */
    CompletableFuture<RunResult> result();
}
