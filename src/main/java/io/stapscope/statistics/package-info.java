/**
 * Distributions: pure maths without clocks, threads or files. Entry class:
 * {@link io.stapscope.statistics.Histogram}. Knows nothing else of ours.
 */
@NullMarked
package io.stapscope.statistics;

import org.jspecify.annotations.NullMarked;
