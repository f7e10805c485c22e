package io.stapscope.history;

import org.jspecify.annotations.Nullable;

/**
 * What a handler of a capture was hit by, lost and takes; cumulative since the start of the capture.
 *
 * @param handler see {@link ProbeRecord}
 * @param nanosPerHit null while it is unknown
 * @param estimated whether that is a share of the time of a program with several handlers
 */
public record ProbeHits(
        int handler, long hits, long lost, @Nullable Long nanosPerHit, boolean estimated) {}
