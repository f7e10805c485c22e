/**
 * Gives names, probe points and types to a syntax tree, one pass a file, and tells what is wrong. Entry class:
 * {@link io.stapscope.compiler.analysis.Symbols}: what the passes found out, beside the untouched tree.
 */
@NullMarked
package io.stapscope.compiler.analysis;

import org.jspecify.annotations.NullMarked;
