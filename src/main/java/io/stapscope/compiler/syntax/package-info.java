/**
 * Text to tree: words, preprocessing, grammar. Never throws on any text; what it cannot read it reports and leaves out.
 * Entry class: {@link io.stapscope.compiler.syntax.Parser}.
 */
@NullMarked
package io.stapscope.compiler.syntax;

import org.jspecify.annotations.NullMarked;
