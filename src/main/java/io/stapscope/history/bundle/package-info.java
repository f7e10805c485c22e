/**
 * A capture as one file, out and in. Entry class: {@link io.stapscope.history.bundle.Bundles}. Copies rows as text through
 * JDBC, since only that driver has COPY; blocks, so callers are on a worker thread.
 */
@NullMarked
package io.stapscope.history.bundle;

import org.jspecify.annotations.NullMarked;
