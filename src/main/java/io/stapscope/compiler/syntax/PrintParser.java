package io.stapscope.compiler.syntax;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.BAD_PRINT;

import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.ExpressionNode.StringLiteral;
import io.stapscope.compiler.syntax.tree.Name;
import io.stapscope.compiler.syntax.tree.PrintFunction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls of the print functions: a literal format or delimiter first, or a histogram alone. */
final class PrintParser {
    private final Grammar grammar;
    private final TokenStream tokens;

    PrintParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /** Whether a call follows the name of a print function; a value in the same line shows a forgotten parenthesis. */
    boolean isCalled() {
        Token token = tokens.peek();
        boolean value = token.kind() == Token.Kind.STRING
                || token.kind() == Token.Kind.NUMBER
                || token.kind() == Token.Kind.IDENTIFIER;
        return token.isOperator("(") || (value && !token.startsLine());
    }

    ExpressionNode call(Name name, PrintFunction function) {
        if (!tokens.at("(")) {
            throw tokens.fail(
                    BAD_PRINT,
                    tokens.peek().span(),
                    "the values of `" + name.text() + "` must stand in parentheses",
                    "expected `(` before this",
                    "write " + example(function));
        }
        Token opening = tokens.next();
        StringLiteral text = text(function, name);
        var arguments = new ArrayList<ExpressionNode>();
        boolean more = text == null ? !tokens.at(")") : tokens.accept(",");
        while (more) {
            arguments.add(argument(function, arguments.isEmpty()));
            more = tokens.accept(",");
        }
        tokens.close(opening, ")");
        Span span = tokens.since(name.span());
        requireValues(span, function, arguments);
        return new ExpressionNode.Print(span, name.span(), function, text, arguments);
    }

    private @Nullable StringLiteral text(PrintFunction function, Name name) {
        if (!function.hasFormat() && !function.hasDelimiter()) {
            return null;
        }
        if (!grammar.literals.atString()) {
            String role = function.hasFormat() ? "format" : "delimiter";
            throw tokens.fail(
                    BAD_PRINT,
                    tokens.peek().span(),
                    "the " + role + " of `" + name.text() + "` must be a string in double quotes",
                    "not a string literal",
                    "write " + example(function));
        }
        return grammar.literals.string("the text");
    }

    /** A histogram stands here only without an index and as the only argument; otherwise it is part of an expression. */
    private ExpressionNode argument(PrintFunction function, boolean first) {
        boolean allowed = first && !function.hasFormat() && !function.hasDelimiter();
        if (allowed && grammar.atOperators.atHistogram()) {
            int start = tokens.position();
            ExpressionNode histogram = grammar.atOperators.histogram();
            if (tokens.at(")")) {
                return histogram;
            }
            tokens.rewind(start);
        }
        return grammar.expressions.expression();
    }

    private void requireValues(Span span, PrintFunction function, List<ExpressionNode> arguments) {
        int least =
                switch (function) {
                    case PRINT, SPRINT -> 1;
                    case PRINTD, PRINTDLN, SPRINTD, SPRINTDLN -> 2;
                    case PRINTLN, SPRINTLN, PRINTF, SPRINTF -> 0;
                };
        if (arguments.size() < least) {
            tokens.report(
                    BAD_PRINT,
                    span,
                    "`" + function.symbol() + "` needs at least " + (least == 1 ? "one value" : "two values"),
                    least == 1 ? "nothing to print" : "nothing to put the delimiter between",
                    "write " + example(function));
        }
    }

    private static String example(PrintFunction function) {
        String name = function.symbol();
        if (function.hasFormat()) {
            return name + "(\"%d\\n\", number) or " + name + "(\"%s\\n\", text)";
        }
        return function.hasDelimiter() ? name + "(\", \", first, second)" : name + "(value)";
    }
}
