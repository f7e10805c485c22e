package io.stapscope.compiler.syntax;

import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.source.SourceText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A word, sign or comment of a script as it is written, for the formatter.
 *
 * @param token null for a comment
 * @param lines how many line ends stand between it and the piece before
 */
record Piece(@Nullable Token token, String text, int start, int lines) {
    boolean isComment() {
        return token == null;
    }

    boolean isLineComment() {
        return isComment() && !text.startsWith("/*");
    }

    boolean isOperator(String symbol) {
        return token != null && token.isOperator(symbol);
    }

    boolean isKeyword(String word) {
        return token != null && token.isKeyword(word);
    }

    boolean isGlued() {
        return token != null && token.glued();
    }

    /** Null when the text cannot be cut into words and comments only. */
    static @Nullable List<Piece> cut(SourceText source) {
        var pieces = new ArrayList<Piece>();
        int end = 0;
        int start = -1;
        for (Token token : Lexer.run(source, List.of(), Diagnostics.unlimited())) {
            if (token.span().start() == start && token.kind() != Token.Kind.END) {
                continue;
            }
            start = token.span().start();
            int lines = gap(source.text(), end, start, pieces);
            if (lines < 0) {
                return null;
            }
            end = token.span().end();
            if (token.kind() != Token.Kind.END) {
                pieces.add(new Piece(token, token.span().text(), start, lines));
            }
        }
        return pieces;
    }

    /** Reads blanks and comments; gives the line ends after the last comment, or -1 when something else stands there. */
    private static int gap(String text, int from, int to, List<Piece> pieces) {
        int lines = 0;
        int at = from;
        while (at < to) {
            char letter = text.charAt(at);
            int end;
            boolean mark = letter == '\uFEFF' && at == 0;
            if (Words.isSpace(letter) || mark) {
                lines += letter == '\n' ? 1 : 0;
                at++;
                continue;
            } else if (letter == '#' || text.startsWith("//", at)) {
                int newline = text.indexOf('\n', at);
                end = newline < 0 ? to : Math.min(newline, to);
            } else if (text.startsWith("/*", at)) {
                int close = text.indexOf("*/", at + 2);
                end = close < 0 ? -1 : close + 2;
            } else {
                return -1;
            }
            if (end < 0 || end > to) {
                return -1;
            }
            pieces.add(new Piece(null, clean(text.substring(at, end)), at, lines));
            lines = 0;
            at = end;
        }
        return lines;
    }

    private static String clean(String comment) {
        return comment.replace("\r\n", "\n").replaceAll("[ \\t\\r]+(?=\\n|$)", "");
    }
}
