/**
 * Runs one plan on this host: generates, loads, attaches, drains, snapshots, detaches. The privileged side, reached
 * only through {@link io.stapscope.tracer.Tracer} with plain records. Knows the compiler's IR, never its trees.
 */
@NullMarked
package io.stapscope.tracer;

import org.jspecify.annotations.NullMarked;
