/**
 * Reads what this machine offers, from /proc, /sys and file system. Entry class:
 * {@link io.stapscope.kernel.inspect.LiveHost}. Changes nothing.
 */
@NullMarked
package io.stapscope.kernel.inspect;

import org.jspecify.annotations.NullMarked;
