package io.stapscope.interpreter;

import java.util.function.LongSupplier;

/**
 * What every handler of a run may ask.
 *
 * @param targetPid target process (-x or -c), 0 without one
 * @param wallNanos nanoseconds since 1970, now
 */
public record SessionFacts(long targetPid, LongSupplier wallNanos) {}
