/** Stapscope: SystemTap probe scripts on today's kernels, from a browser. */
@NullMarked
package io.stapscope;

import org.jspecify.annotations.NullMarked;
