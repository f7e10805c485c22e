/**
 * Records that wait on disk until the database takes them: append-only files that survive a crash and a full disk. Entry
 * class: {@link io.stapscope.history.spill.SpillLog}. Knows nothing of what the records mean.
 */
@NullMarked
package io.stapscope.history.spill;

import org.jspecify.annotations.NullMarked;
