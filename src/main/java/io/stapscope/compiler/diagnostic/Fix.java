package io.stapscope.compiler.diagnostic;

import io.stapscope.compiler.source.Span;

/**
 * A change of the text that would cure a diagnostic, so that an editor can apply it.
 *
 * @param span what is replaced; empty to insert
 * @param title what the change does, lower case: {@code replace by `$count`}
 */
public record Fix(Span span, String replacement, String title) {}
