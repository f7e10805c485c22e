package io.stapscope.compiler.ir;

import io.stapscope.compiler.type.Type;

/**
 * A local variable or a temporary of one handler or function, starting as 0 or "".
 *
 * @param index position among the locals of its owner
 * @param width 8 for a number; for a string the longest it can be with its NUL
 */
public record Local(int index, String name, Type type, int width) {}
