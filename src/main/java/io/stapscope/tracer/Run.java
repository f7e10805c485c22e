package io.stapscope.tracer;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One plan that runs. */
public interface Run {
    /** Asks it to stop as exit() does: end handlers run, everything is detached. Returns at once; idempotent. */
    void stop(String reason);

    /** The files that users can read or write meanwhile. */
    List<RunFile> files();

    /**
     * The content of a file, made by its handler: a byte string. Fails with an {@link IllegalStateException} when there is no
     * such file or the run has ended.
     */
    CompletableFuture<String> read(String file);

    /** Gives a file's handler what was written, as a byte string; completes when it has run. Fails as {@link #read}. */
    CompletableFuture<Void> write(String file, String content);

    /** Adds to the input of the run; a byte string. Ignored when no probe asks for it. */
    void input(String bytes);

    /** Completes when everything is detached and the last window and line were delivered. */
    CompletableFuture<RunResult> result();
}
