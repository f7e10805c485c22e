package io.stapscope.compiler.service;

/** A text with a cursor, written as {@code ‸}. */
record Marked(String text, int offset) {
    static Marked of(String marked) {
        int offset = marked.indexOf('‸');
        return new Marked(marked.replace("‸", ""), offset);
    }
}
