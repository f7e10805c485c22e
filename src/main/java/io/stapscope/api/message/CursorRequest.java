package io.stapscope.api.message;

import org.jspecify.annotations.Nullable;

/**
 * A place in a script that is being written.
 *
 * @param offset in UTF-16 units
 */
public record CursorRequest(@Nullable String script, int offset) {}
