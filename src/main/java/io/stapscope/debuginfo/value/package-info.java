/**
 * Where a value is and how to compute it, in words that no format of debug information knows: what readers find out, and the
 * compiler makes code of. Entry classes: {@link io.stapscope.debuginfo.value.Location}, {@link io.stapscope.debuginfo.value.Value}.
 */
@NullMarked
package io.stapscope.debuginfo.value;

import org.jspecify.annotations.NullMarked;
