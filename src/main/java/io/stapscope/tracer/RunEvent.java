package io.stapscope.tracer;

/**
 * A moment worth a marker.
 *
 * @param kind one of a few stable words: attached, left_out, exit, error, target_ended, target_replaced, target_rewritten, time_limit, stopped
 * @param monotonicNanos CLOCK_MONOTONIC
 * @param text a sentence for people
 */
public record RunEvent(String kind, long monotonicNanos, String text) {}
