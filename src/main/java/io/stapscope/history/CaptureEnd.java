package io.stapscope.history;

/**
 * How a capture ended.
 *
 * @param state STOPPED or FAILED
 * @param reason a clause for people: "exit()", "stopped", "time limit"
 */
public record CaptureEnd(CaptureState state, String reason, long stoppedAtMillis, LossRecord losses) {}
