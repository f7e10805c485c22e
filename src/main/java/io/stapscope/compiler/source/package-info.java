/** Where something stands in the text of a script. Entry class: {@link io.stapscope.compiler.source.Span}. */
@NullMarked
package io.stapscope.compiler.source;

import org.jspecify.annotations.NullMarked;
