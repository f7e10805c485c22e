/**
 * The store of captures: windows go in through {@link io.stapscope.history.History}, past ranges come out of
 * {@link io.stapscope.history.CaptureQueries}. Entities never leave this package; it knows distributions, not tracers.
 */
@NullMarked
package io.stapscope.history;

import org.jspecify.annotations.NullMarked;
