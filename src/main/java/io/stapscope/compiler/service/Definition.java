package io.stapscope.compiler.service;

import org.jspecify.annotations.Nullable;

/**
 * Where a name is declared.
 *
 * @param file the name of the text it stands in
 * @param text that text when it is not the script itself
 */
public record Definition(String file, @Nullable String text, int start, int end) {}
