package io.stapscope.compiler.syntax;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.NESTED_TOO_DEEP;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.UNCLOSED_BRACKET;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.UNEXPECTED_TOKEN;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.DiagnosticCode;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.diagnostic.Fix;
import io.stapscope.compiler.source.LineIndex;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.compiler.source.Span;
import java.util.List;

/**
 * The tokens ahead of the parser. It reports errors too, because only it knows whether one is a mere consequence: nothing
 * is said about a phrase that holds a lexical error, and only one thing about the end of the script.
 */
final class TokenStream {
    private final List<Token> tokens;
    private final LineIndex lines;
    private final Diagnostics diagnostics;

    private int position;
    private int phraseStart;
    private int depth;
    private boolean endReported;

    TokenStream(SourceText source, List<Token> tokens, Diagnostics diagnostics) {
        this.tokens = tokens;
        this.lines = LineIndex.of(source);
        this.diagnostics = diagnostics;
    }

    Token peek() {
        return tokens.get(position);
    }

    Token peek(int further) {
        return tokens.get(Math.min(position + further, tokens.size() - 1));
    }

    Token previous() {
        return tokens.get(Math.max(0, position - 1));
    }

    /** The token ahead; END stays. */
    Token next() {
        Token token = peek();
        if (token.kind() != Token.Kind.END) {
            position++;
        }
        return token;
    }

    int position() {
        return position;
    }

    void rewind(int earlier) {
        position = earlier;
    }

    boolean atEnd() {
        return peek().kind() == Token.Kind.END;
    }

    boolean at(String operator) {
        return peek().isOperator(operator);
    }

    boolean atKeyword(String word) {
        return peek().isKeyword(word);
    }

    boolean accept(String operator) {
        boolean there = at(operator);
        if (there) {
            next();
        }
        return there;
    }

    boolean acceptKeyword(String word) {
        boolean there = atKeyword(word);
        if (there) {
            next();
        }
        return there;
    }

    /** From the first token to the one last taken. */
    Span since(Span first) {
        return Span.covering(first, previous().span());
    }

    /** Where a token stands in its line, from 1. */
    int column(Token token) {
        return lines.column(token.span().start());
    }

    /** The line of a token, from 1. */
    int line(Token token) {
        return lines.line(token.span().start());
    }

    /** How far the line of the token at this position is indented, as the column of its first token. */
    int indentation(int index) {
        int first = index;
        while (first > 0 && !tokens.get(first).startsLine()) {
            first--;
        }
        return column(tokens.get(first));
    }

    /** A statement or declaration begins here: what was wrong before has no say any more. */
    void beginPhrase() {
        phraseStart = position;
    }

    /** Goes one level deeper; every recursion of the grammar passes here. */
    void enter() {
        if (depth >= SyntaxLimits.DEPTH) {
            throw fail(
                    NESTED_TOO_DEEP,
                    peek().span(),
                    "the script is nested deeper than " + SyntaxLimits.DEPTH + " levels",
                    "too deep from here",
                    "move the inner part into a function or a variable");
        }
        depth++;
    }

    void leave() {
        depth--;
    }

    /** Whether the script declares a function of this name. */
    boolean declaresFunction(String name) {
        for (int i = 1; i < tokens.size(); i++) {
            if (tokens.get(i).text().equals(name) && tokens.get(i - 1).isKeyword("function")) {
                return true;
            }
        }
        return false;
    }

    Token expect(String operator, String after, String note) {
        if (at(operator)) {
            return next();
        }
        throw unexpected("`" + operator + "` " + after, note);
    }

    /**
     * Takes the closing bracket. A missing one at the end of a line or before a body is reported at its partner, and
     * reading goes on as if it were there.
     */
    void close(Token opening, String closing) {
        if (accept(closing)) {
            return;
        }
        Token found = peek();
        if (found.isOperator(";") && skipTo(closing)) {
            report(
                    UNEXPECTED_TOKEN,
                    found.span(),
                    "expected `" + closing + "` to close the `" + opening.text() + "` but found `;`",
                    "not expected here",
                    "values in brackets are separated by `,`");
            return;
        }
        if (found.startsLine() || found.isOperator("{") || found.isOperator("}") || found.isOperator(";") || atEnd()) {
            Span end = previous().span();
            var place = new Span(end.source(), end.end(), end.end());
            report(Diagnostic.of(
                            UNCLOSED_BRACKET,
                            opening.span(),
                            "`" + opening.text() + "` is not closed",
                            "no `" + closing + "` for this")
                    .withFix(new Fix(
                            place,
                            closing,
                            "insert `" + closing + "` after " + previous().described())));
            return;
        }
        throw unexpected("`" + closing + "` to close the `" + opening.text() + "`", adviceToClose(found));
    }

    private String adviceToClose(Token found) {
        if (previous().kind() == Token.Kind.STRING && found.glued() && found.kind() != Token.Kind.OPERATOR) {
            return "a quote inside of a string is written `\\\"`";
        }
        if (previous().is(Token.Kind.IDENTIFIER, "not")) {
            return "write `!` in place of `not`";
        }
        return switch (found.text()) {
            case "and" -> "write `&&` in place of `and`";
            case "or" -> "write `||` in place of `or`";
            case "mod" -> "write `%` in place of `mod`";
            default -> "close it before this, or put an operator or `,` between the values";
        };
    }

    /** Moves behind the bracket in this line that closes one more than are opened; stays when there is none. */
    private boolean skipTo(String closing) {
        int open = 0;
        for (int i = position + 1; i < tokens.size() && !tokens.get(i).startsLine(); i++) {
            Token token = tokens.get(i);
            if (token.isOperator("(") || token.isOperator("[") || token.isOperator("{")) {
                open++;
            } else if (token.isOperator(closing) && open == 0) {
                position = i + 1;
                return true;
            } else if (token.isOperator(")") || token.isOperator("]") || token.isOperator("}")) {
                open--;
                if (open < 0) {
                    return false;
                }
            }
        }
        return false;
    }

    Panic unexpected(String wanted, String note) {
        return fail(
                UNEXPECTED_TOKEN,
                peek().span(),
                "expected " + wanted + " but found " + peek().described(),
                "not expected here",
                note);
    }

    Panic fail(DiagnosticCode code, Span span, String message, String label, String... notes) {
        return fail(Diagnostic.of(code, span, message, label, notes));
    }

    /** Reports and gives what to throw. */
    Panic fail(Diagnostic diagnostic) {
        report(diagnostic);
        return new Panic();
    }

    void report(DiagnosticCode code, Span span, String message, String label, String... notes) {
        report(Diagnostic.of(code, span, message, label, notes));
    }

    void report(Diagnostic diagnostic) {
        boolean told = endReported && atEnd();
        endReported |= atEnd();
        if (!told && !isBrokenSince(phraseStart)) {
            diagnostics.add(diagnostic);
        }
    }

    /** Whether a lexical error was reported between an earlier position and here. */
    boolean isBrokenSince(int earlier) {
        for (int i = earlier; i <= position && i < tokens.size(); i++) {
            if (tokens.get(i).broken()) {
                return true;
            }
        }
        return false;
    }
}
