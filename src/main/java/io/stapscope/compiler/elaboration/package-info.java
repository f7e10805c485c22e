/**
 * From the probes as they are written to the points they stand for: aliases, wildcards, braces, optional and sufficient
 * points, conditions, each with the body that runs there. Entry class:
 * {@link io.stapscope.compiler.elaboration.Elaboration}.
 */
@NullMarked
package io.stapscope.compiler.elaboration;

import org.jspecify.annotations.NullMarked;
