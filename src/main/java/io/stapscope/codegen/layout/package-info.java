/**
 * Where every byte of the maps and records of a generated script lies: written by {@code codegen}, read by
 * {@code tracer}, and stated nowhere else. Entry class: {@link io.stapscope.codegen.layout.Layouts}.
 */
@NullMarked
package io.stapscope.codegen.layout;

import org.jspecify.annotations.NullMarked;
