package io.stapscope.tracer;

/**
 * How a run ended.
 *
 * @param errors soft errors raised
 * @param reason a clause for people: "exit()", "stopped", "time limit", "error"
 * @param commandStatus exit status of the target command, -1 without one
 * @param losses final
 */
public record RunResult(long errors, String reason, int commandStatus, Losses losses) {}
