/** The types of the probe language. Entry class: {@link io.stapscope.compiler.type.Type}. */
@NullMarked
package io.stapscope.compiler.type;

import org.jspecify.annotations.NullMarked;
