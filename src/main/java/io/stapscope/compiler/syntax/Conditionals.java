package io.stapscope.compiler.syntax;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.BAD_CONDITIONAL;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.NESTED_TOO_DEEP;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.STRAY_BRACKET;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.UNCLOSED_BRACKET;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.source.Span;
import java.util.ArrayList;
import java.util.List;

/** {@code %( condition %? words %: words %)}: keeps the words of one branch. */
final class Conditionals {
    private final List<Token> tokens;
    private final Machine machine;
    private final Diagnostics diagnostics;
    private final List<Token> kept = new ArrayList<>();
    private final List<Span> skipped = new ArrayList<>();
    private int position;
    private int depth;
    private boolean gap;
    private boolean cut;

    /** Whether reading was given up: no end is expected any more. */
    private boolean stopped;

    Conditionals(List<Token> tokens, Machine machine, Diagnostics diagnostics) {
        this.tokens = tokens;
        this.machine = machine;
        this.diagnostics = diagnostics;
    }

    List<Token> kept() {
        return kept;
    }

    /** The stretches of the script that were left out: what is wrong in there does no harm. */
    List<Span> skipped() {
        return skipped;
    }

    void run() {
        copy();
        while (peek().kind() != Token.Kind.END) {
            Token stray = next();
            gap = true;
            diagnostics.report(
                    STRAY_BRACKET,
                    stray.span(),
                    stray.described() + " belongs to no `%(`",
                    "no partner for this",
                    "remove it, or write %( condition %? then %: otherwise %)");
            copy();
        }
        keep(peek());
    }

    /** Up to the sign that ends a branch, or to the end. */
    private void copy() {
        while (peek().kind() != Token.Kind.END && !endsBranch(peek())) {
            if (peek().isOperator("%(")) {
                conditional();
            } else {
                keep(next());
            }
        }
    }

    private void keep(Token token) {
        kept.add(gap ? token.afterGap() : cut ? token.unglued() : token);
        gap = false;
        cut = false;
    }

    private static boolean endsBranch(Token token) {
        return token.isOperator("%:") || token.isOperator("%)") || token.isOperator("%?");
    }

    private void conditional() {
        Token before = kept.isEmpty() ? peek() : kept.getLast();
        Token opening = next();
        cut = true;
        if (depth >= SyntaxLimits.DEPTH) {
            diagnostics.report(
                    NESTED_TOO_DEEP,
                    opening.span(),
                    "conditionals are nested deeper than " + SyntaxLimits.DEPTH + " levels",
                    "too deep from here",
                    "join the conditions with `&&`");
            position = tokens.size() - 1;
            gap = true;
            stopped = true;
            return;
        }
        var condition = new Condition(tokens, position, machine);
        try {
            boolean then = condition.evaluate();
            position = condition.position();
            depth++;
            branches(opening, then);
            depth--;
        } catch (Condition.Wrong wrong) {
            diagnostics.add(mayBeRemainder(before, opening, wrong.diagnostic()));
            skipBranch(false);
            skipToEnd();
            gap = true;
        }
        cut = true;
    }

    /** A remainder with a parenthesis behind it looks like the beginning of a conditional. */
    private static Diagnostic mayBeRemainder(Token before, Token opening, Diagnostic diagnostic) {
        boolean operand =
                switch (before.kind()) {
                    case NUMBER -> true;
                    case IDENTIFIER -> before.isPlainIdentifier() || before.isDollarWord();
                    case OPERATOR -> before.isOperator(")") || before.isOperator("]");
                    case KEYWORD, STRING, EMBEDDED_C, END -> false;
                };
        return operand && !opening.startsLine()
                ? diagnostic.withNote("if a remainder is meant, put a space after `%`: a % (b)")
                : diagnostic;
    }

    private void branches(Token opening, boolean then) {
        if (then) {
            copy();
        } else {
            skipBranch(true);
        }
        if (peek().isOperator("%:")) {
            next();
            if (then) {
                skipBranch(true);
            } else {
                cut = true;
                copy();
            }
        }
        finish(opening);
    }

    private void finish(Token opening) {
        Token found = peek();
        if (found.isOperator("%)")) {
            next();
        } else if (found.kind() == Token.Kind.END) {
            gap = true;
            if (!found.broken() && !stopped) {
                diagnostics.report(
                        UNCLOSED_BRACKET,
                        opening.span(),
                        "the conditional is not closed",
                        "no `%)` for this",
                        "write %( condition %? then %: otherwise %)");
            }
        } else {
            gap = true;
            diagnostics.report(
                    BAD_CONDITIONAL,
                    found.span(),
                    "a conditional has one `%?` and one `%:`, but another " + found.described() + " stands here",
                    "one too many",
                    "put another conditional into the branch: %( a %? b %: %( c %? d %: e %) %)");
            skipToEnd();
        }
    }

    private void skipToEnd() {
        while (peek().isOperator("%:") || peek().isOperator("%?")) {
            next();
            skipBranch(false);
        }
        if (peek().isOperator("%)")) {
            next();
        }
    }

    /** To the sign that ends the branch. */
    private void skipBranch(boolean regular) {
        Token first = peek();
        int inner = 0;
        while (peek().kind() != Token.Kind.END) {
            Token token = peek();
            if (inner == 0 && endsBranch(token) && (regular || !token.isOperator("%?"))) {
                break;
            }
            inner += token.isOperator("%(") ? 1 : token.isOperator("%)") ? -1 : 0;
            next();
        }
        Token last = peek();
        // Words of a macro stand at its call, which has arguments that may well be used.
        boolean written = regular && last.span().text().equals(last.text()) && last.kind() == Token.Kind.OPERATOR;
        if (written && first.span().start() < last.span().start()) {
            skipped.add(new Span(
                    first.span().source(), first.span().start(), last.span().start()));
        }
    }

    private Token peek() {
        return tokens.get(position);
    }

    private Token next() {
        return tokens.get(position++);
    }
}
