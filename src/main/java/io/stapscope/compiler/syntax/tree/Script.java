package io.stapscope.compiler.syntax.tree;

import io.stapscope.compiler.source.Span;
import java.util.List;

/**
 * A whole script. Phrases that could not be read are missing from it: the diagnostics tell them.
 *
 * @param declarations in the order of the text
 */
public record Script(Span span, List<DeclarationNode> declarations) {
    public Script {
        declarations = List.copyOf(declarations);
    }
}
