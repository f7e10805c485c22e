package io.stapscope.compiler.syntax;

import io.stapscope.compiler.source.Span;

/**
 * One word of a script.
 *
 * @param text as written; for STRING its bytes, escapes replaced; for a token out of a script argument, what was pasted
 * @param number the value of a NUMBER
 * @param glued whether nothing stands between it and the token before
 * @param startsLine whether it is the first of its line
 * @param broken whether a lexical error was reported at it or right before it, so that what follows is no surprise
 */
record Token(Kind kind, Span span, String text, long number, boolean glued, boolean startsLine, boolean broken) {
    enum Kind {
        IDENTIFIER,
        KEYWORD,
        NUMBER,
        STRING,
        OPERATOR,
        /** {@code %{ ... %}}. */
        EMBEDDED_C,
        END
    }

    Token afterGap() {
        return new Token(kind, span, text, number, false, startsLine, true);
    }

    Token unglued() {
        return new Token(kind, span, text, number, false, startsLine, broken);
    }

    /** The same word as if it stood elsewhere. */
    Token at(Span place) {
        return new Token(kind, place, text, number, glued, startsLine, broken);
    }

    /** The same word in the surroundings of another. */
    Token inPlaceOf(Token other) {
        return new Token(kind, span, text, number, other.glued, other.startsLine, broken || other.broken);
    }

    boolean is(Kind wanted, String wantedText) {
        return kind == wanted && text.equals(wantedText);
    }

    boolean isOperator(String symbol) {
        return is(Kind.OPERATOR, symbol);
    }

    boolean isKeyword(String word) {
        return is(Kind.KEYWORD, word);
    }

    /** Whether it is a word with an at sign in front. */
    boolean isAtWord() {
        return kind == Kind.IDENTIFIER && text.startsWith("@");
    }

    boolean isDollarWord() {
        return kind == Kind.IDENTIFIER && text.startsWith("$");
    }

    /** Whether it can name a variable, function or array. */
    boolean isPlainIdentifier() {
        return kind == Kind.IDENTIFIER && !isAtWord() && !isDollarWord();
    }

    /** As a script would write it. */
    String written() {
        return switch (kind) {
            case STRING -> ExpressionPrinter.quoted(text);
            case IDENTIFIER, KEYWORD, NUMBER, OPERATOR, EMBEDDED_C, END -> text;
        };
    }

    /** How a message names it. */
    String described() {
        return switch (kind) {
            case IDENTIFIER, OPERATOR -> "`" + text + "`";
            case KEYWORD -> "the keyword `" + text + "`";
            case NUMBER -> "the number " + text;
            case STRING -> "a string";
            case EMBEDDED_C -> "embedded C";
            case END -> "the end of the script";
        };
    }
}
