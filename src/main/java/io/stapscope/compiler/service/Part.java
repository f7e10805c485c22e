package io.stapscope.compiler.service;

/** A word or sign of a text that is being written. */
record Part(Kind kind, int start, int end) {
    enum Kind {
        /** With the dollar or at signs in front of it. */
        WORD,
        NUMBER,
        STRING,
        /** A string, comment or piece of C that the end of the text cuts. */
        OPEN_STRING,
        OPEN_COMMENT,
        SIGN
    }

    String in(String text) {
        return text.substring(start, end);
    }
}
