/**
 * printf by SystemTap's rules over byte strings. Entry class: {@link io.stapscope.interpreter.format.Formatter}. Knows
 * the checked formats of the IR and nothing of how their arguments came to be.
 */
@NullMarked
package io.stapscope.interpreter.format;

import org.jspecify.annotations.NullMarked;
