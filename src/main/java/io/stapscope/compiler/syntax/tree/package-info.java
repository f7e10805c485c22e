/**
 * The script as it is written: one sealed interface for each kind of phrase, records inside it, each with its span.
 * Knows nothing of types or of what names stand for. Entry class: {@link io.stapscope.compiler.syntax.tree.Script}.
 */
@NullMarked
package io.stapscope.compiler.syntax.tree;

import org.jspecify.annotations.NullMarked;
