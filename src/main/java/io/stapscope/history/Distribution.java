package io.stapscope.history;

import io.stapscope.statistics.Histogram;

/**
 * All values of a range as one distribution.
 *
 * @param sumExact false when the range cuts a minute: the sum of that part is taken from the middles of its buckets
 */
public record Distribution(
        Coverage coverage, Histogram histogram, long count, long sum, boolean sumExact, long min, long max) {}
