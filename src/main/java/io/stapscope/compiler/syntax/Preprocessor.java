package io.stapscope.compiler.syntax;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.CONDITIONAL_NOT_SUPPORTED;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.MACRO_NOT_SUPPORTED;

import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The pass between words and grammar. Macros and conditionals are recognised and refused; their words are taken out, and
 * the word after the gap is marked, so that the rest of the script is still read without consequences.
 */
final class Preprocessor {
    private final List<Token> tokens;
    private final Diagnostics diagnostics;
    private final List<Token> kept = new ArrayList<>();

    /** The macros of the script, and whether each takes arguments. */
    private final Map<String, Boolean> macros = new HashMap<>();

    private int position;
    private boolean gap;

    private Preprocessor(List<Token> tokens, Diagnostics diagnostics) {
        this.tokens = tokens;
        this.diagnostics = diagnostics;
    }

    static List<Token> run(List<Token> tokens, Diagnostics diagnostics) {
        var pass = new Preprocessor(tokens, diagnostics);
        pass.readAll();
        return pass.kept;
    }

    private void readAll() {
        while (position < tokens.size()) {
            Token token = tokens.get(position);
            if (token.is(Token.Kind.IDENTIFIER, "@define")) {
                skipDefinition(token);
            } else if (token.isOperator("%(")) {
                skipConditional(token);
            } else if (token.isAtWord() && macros.containsKey(token.text())) {
                skipCall(Boolean.TRUE.equals(macros.get(token.text())));
            } else if (token.isAtWord() && Words.LIBRARY_MACROS.contains(token.text())) {
                refuseMacro(token.span(), "the library macro `" + token.text() + "`");
                skipCall(true);
            } else {
                kept.add(gap ? token.afterGap() : token);
                gap = false;
                position++;
            }
        }
    }

    private void skipDefinition(Token define) {
        Token name = tokens.get(Math.min(position + 1, tokens.size() - 1));
        position++;
        Span span = define.span();
        String title = "a macro";
        if (name.kind() == Token.Kind.IDENTIFIER && !name.isAtWord()) {
            title = "the macro `" + name.text() + "`";
            span = Span.covering(span, name.span());
            position++;
            macros.put("@" + name.text(), at("("));
        }
        refuseMacro(span, title);
        if (at("(")) {
            skipBalanced("(", ")");
        }
        if (at("%(")) {
            skipBalanced("%(", "%)");
        }
        gap = true;
    }

    private void refuseMacro(Span span, String title) {
        diagnostics.report(
                MACRO_NOT_SUPPORTED,
                span,
                title + " cannot be used yet",
                "macros are not supported yet",
                "write what it stands for in its place, or make it a function");
    }

    private void skipCall(boolean takesArguments) {
        position++;
        if (takesArguments && at("(")) {
            skipBalanced("(", ")");
        }
        gap = true;
    }

    private void skipConditional(Token opening) {
        boolean closed = skipBalanced("%(", "%)");
        Token last = tokens.get(position - 1);
        Span span = opening.span().equals(last.span()) ? opening.span() : firstLine(opening.span(), last.span());
        diagnostics.report(
                CONDITIONAL_NOT_SUPPORTED,
                span,
                "the conditional `%( ... %)` cannot be used yet",
                "preprocessor conditionals are not supported yet",
                closed ? "keep only the branch that this machine needs" : "it is not closed with `%)` either");
        gap = true;
    }

    /** Only the opening when the rest is on later lines: a long underline tells nothing. */
    private static Span firstLine(Span opening, Span last) {
        Span all = Span.covering(opening, last);
        return all.text().indexOf('\n') < 0 ? all : opening;
    }

    /** Moves behind the closing sign that belongs to the opening one ahead; to END when there is none. */
    private boolean skipBalanced(String open, String close) {
        int depth = 0;
        while (tokens.get(position).kind() != Token.Kind.END) {
            if (at(open)) {
                depth++;
            } else if (at(close) && --depth == 0) {
                position++;
                return true;
            }
            position++;
        }
        return false;
    }

    private boolean at(String operator) {
        return position < tokens.size() && tokens.get(position).isOperator(operator);
    }
}
