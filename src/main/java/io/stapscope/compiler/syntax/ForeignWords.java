package io.stapscope.compiler.syntax;

import org.jspecify.annotations.Nullable;

/** Words that begin statements in other languages. */
final class ForeignWords {
    private ForeignWords() {}

    static boolean isElseIf(String word) {
        return word.equals("elif") || word.equals("elsif") || word.equals("elseif");
    }

    /** What to write in place of a word that begins a statement; null when it may well be a name. */
    static @Nullable String advice(String word, Token next) {
        boolean sameLine = !next.startsLine() && next.kind() != Token.Kind.END;
        boolean value = sameLine && next.kind() != Token.Kind.OPERATOR;
        boolean open = sameLine && next.isOperator("(");
        return switch (word) {
            case "elif", "elsif", "elseif" -> open || value ? "write else if (...)" : null;
            case "switch" -> open ? "write if (...) ... else if (...) ..." : null;
            case "unless", "until" -> open ? "write if (!(...)) or while (!(...))" : null;
            case "do" -> sameLine && next.isOperator("{") ? "write while (...) { ... }" : null;
            case "goto" -> value ? "write a loop, or a function that returns" : null;
            case "throw", "raise" -> value ? "write error(\"...\")" : null;
            case "echo" -> value ? "write println(...)" : null;
            case "int", "char", "void", "unsigned", "short", "var", "let", "const", "local", "my" ->
                value && next.kind() == Token.Kind.IDENTIFIER
                        ? "variables are not declared: write " + next.text() + " = ..."
                        : null;
            default -> null;
        };
    }
}
