/**
 * What library functions of the language compute, as plain Java over numbers and byte strings. Nothing here knows the IR:
 * {@link io.stapscope.interpreter} calls it with evaluated arguments.
 */
@NullMarked
package io.stapscope.interpreter.library;

import org.jspecify.annotations.NullMarked;
