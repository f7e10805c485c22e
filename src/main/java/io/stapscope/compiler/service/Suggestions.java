package io.stapscope.compiler.service;

import java.util.List;

/**
 * What could be written at the cursor.
 *
 * @param from where the text begins that a suggestion replaces; it ends at the cursor
 * @param complete whether nothing was left out, so that further letters only narrow the list
 */
public record Suggestions(int from, boolean complete, List<Suggestion> items) {
    public Suggestions {
        items = List.copyOf(items);
    }
}
