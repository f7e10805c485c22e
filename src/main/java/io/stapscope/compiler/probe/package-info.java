/**
 * The families of probe points, one file each: which points there are, what they resolve to on a host, and which context
 * variables they offer. Entry class: {@link io.stapscope.compiler.probe.ProbeFamilies}.
 */
@NullMarked
package io.stapscope.compiler.probe;

import org.jspecify.annotations.NullMarked;
