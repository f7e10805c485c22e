/**
 * The functions scripts may call without declaring them, one file for each family: what a function takes, what it is
 * for, and the IR it stands for. Entry class: {@link io.stapscope.compiler.builtin.Builtins}.
 */
@NullMarked
package io.stapscope.compiler.builtin;

import org.jspecify.annotations.NullMarked;
