package io.stapscope.compiler.service;

/** What is being written where the cursor stands. */
sealed interface CursorPlace {
    /** Where the text begins that a suggestion replaces. */
    int from();

    /** A comment, a number, a string without meaning: nothing to suggest. */
    record Nothing(int from) implements CursorPlace {}

    /** Outside of all declarations. */
    record Outside(int from, String word) implements CursorPlace {}

    /**
     * In the list of points of a probe.
     *
     * @param head what stands before an open brace or behind a closed one, and belongs to the point
     * @param written the rest of the point up to the cursor, without spaces
     */
    record Point(int from, String head, String written) implements CursorPlace {
        String point() {
            return head + written;
        }
    }

    /** In the condition of a probe point. */
    record Condition(int from, String word) implements CursorPlace {}

    /** Behind the name of a function or parameter: a type. */
    record TypeName(int from, String word) implements CursorPlace {}

    /** The name that a declaration gives to a global, function or parameter. */
    record NewName(int from) implements CursorPlace {}

    /** In a handler or function. */
    record Body(int from, String word, Enclosing enclosing) implements CursorPlace {}

    /** Behind an arrow. */
    record Member(int from, String word, Enclosing enclosing) implements CursorPlace {}

    /** Behind the percent sign of a format. */
    record Directive(int from, String written) implements CursorPlace {}

    /**
     * The declaration around the cursor.
     *
     * @param keyword {@code probe} or {@code function}
     * @param start of the keyword
     * @param body where its first brace stands
     */
    record Enclosing(String keyword, int start, int body) {}
}
