package io.stapscope.compiler.syntax;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.EMBEDDED_C_NOT_SUPPORTED;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.MISSING_EXPRESSION;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.STRAY_BRACKET;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.UNEXPECTED_TOKEN;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.UNKNOWN_OPERATOR;

import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.ExpressionNode.Suffix;
import io.stapscope.compiler.syntax.tree.Name;
import io.stapscope.compiler.syntax.tree.PrintFunction;
import java.util.ArrayList;
import java.util.List;

/** What operators work on: literals, variables, elements, calls, and the steps through pointers behind them. */
final class OperandParser {
    private final Grammar grammar;
    private final TokenStream tokens;

    OperandParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /** An operand with the members, subscripts and pretty-printing marks behind it. */
    ExpressionNode access() {
        var suffixes = new ArrayList<Suffix>();
        Token first = tokens.peek();
        ExpressionNode base = first.isDollarWord() ? targetVariable(suffixes) : operand();
        boolean subscripts = first.isDollarWord()
                || first.isOperator("(")
                || base instanceof ExpressionNode.Call
                || base instanceof ExpressionNode.Cast
                || base instanceof ExpressionNode.GlobalVariable;
        while (!endsPretty(suffixes)) {
            Token token = tokens.peek();
            if (tokens.accept("->")) {
                member(token.span(), suffixes);
                subscripts = true;
            } else if (subscripts && tokens.accept("[")) {
                ExpressionNode index = grammar.expressions.expression();
                tokens.close(token, "]");
                suffixes.add(new Suffix.Subscript(tokens.since(token.span()), index));
            } else if (subscripts && (token.text().equals("$") || token.text().equals("$$")) && token.isDollarWord()) {
                tokens.next();
                suffixes.add(new Suffix.Pretty(token.span(), token.text().length() == 2));
            } else {
                break;
            }
        }
        return suffixes.isEmpty() ? base : new ExpressionNode.Access(tokens.since(base.span()), base, suffixes);
    }

    private static boolean endsPretty(List<Suffix> suffixes) {
        return !suffixes.isEmpty() && suffixes.getLast() instanceof Suffix.Pretty;
    }

    /** {@code $name}, {@code $$name}, and the marks that the word ends with: {@code $name$$}. */
    private ExpressionNode targetVariable(List<Suffix> suffixes) {
        Token token = tokens.next();
        String text = token.text();
        int end = withoutMarks(text);
        int start = 0;
        while (start < end && text.charAt(start) == '$') {
            start++;
        }
        if (end == 0
                || start > 2
                || text.length() - end > 2
                || text.substring(start, end).contains("$")) {
            throw tokens.fail(
                    UNEXPECTED_TOKEN,
                    token.span(),
                    "`" + text + "` is not the name of a context variable",
                    "not a name",
                    "write `$name`, and `$name$` or `$name$$` for its contents as text");
        }
        addMarks(token, text.length() - end, suffixes);
        return new ExpressionNode.TargetVariable(head(token, text.length() - end), text.substring(0, end));
    }

    private void member(Span arrow, List<Suffix> suffixes) {
        Token token = tokens.peek();
        boolean word = token.isPlainIdentifier() || token.kind() == Token.Kind.KEYWORD;
        int end = withoutMarks(token.text());
        if (!word || end == 0 || token.text().length() - end > 2) {
            throw tokens.unexpected("the name of a member after `->`", "write $pointer->member");
        }
        tokens.next();
        int marks = token.text().length() - end;
        Span span = head(token, marks);
        suffixes.add(new Suffix.Member(
                Span.covering(arrow, span), new Name(span, token.text().substring(0, end))));
        addMarks(token, marks, suffixes);
    }

    private static int withoutMarks(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '$') {
            end--;
        }
        return end;
    }

    private static void addMarks(Token token, int marks, List<Suffix> suffixes) {
        if (marks > 0) {
            Span span = token.span();
            int start = Math.max(span.start(), span.end() - marks);
            suffixes.add(new Suffix.Pretty(new Span(span.source(), start, span.end()), marks == 2));
        }
    }

    private static Span head(Token token, int marks) {
        Span span = token.span();
        return new Span(span.source(), span.start(), Math.max(span.start(), span.end() - marks));
    }

    private ExpressionNode operand() {
        Token token = tokens.peek();
        return switch (token.kind()) {
            case NUMBER -> grammar.literals.number("this");
            case STRING -> grammar.literals.string("this");
            case EMBEDDED_C -> embeddedC();
            case IDENTIFIER -> token.isAtWord() ? grammar.atOperators.operation() : named();
            case OPERATOR -> parenthesised();
            case KEYWORD, END -> throw missing();
        };
    }

    private ExpressionNode parenthesised() {
        if (!tokens.at("(")) {
            throw missing();
        }
        Token opening = tokens.next();
        ExpressionNode inner = grammar.expressions.expression();
        tokens.close(opening, ")");
        return inner;
    }

    private ExpressionNode named() {
        Token token = tokens.next();
        var name = new Name(token.span(), token.text());
        PrintFunction print = PrintFunction.named(token.text());
        if (print != null && grammar.prints.isCalled()) {
            return grammar.prints.call(name, print);
        }
        if (tokens.at("(")) {
            List<ExpressionNode> arguments = arguments();
            return new ExpressionNode.Call(tokens.since(name.span()), name, arguments);
        }
        if (tokens.at("[")) {
            List<ExpressionNode> keys = grammar.expressions.keys();
            return new ExpressionNode.Element(tokens.since(name.span()), name, keys);
        }
        return new ExpressionNode.Variable(name.span(), name.text());
    }

    /** {@code (a, b)}. */
    List<ExpressionNode> arguments() {
        Token opening = tokens.expect("(", "before the arguments", "arguments stand in parentheses");
        var arguments = new ArrayList<ExpressionNode>();
        if (!tokens.accept(")")) {
            do {
                arguments.add(grammar.expressions.expression());
            } while (tokens.accept(","));
            tokens.close(opening, ")");
        }
        return arguments;
    }

    private ExpressionNode embeddedC() {
        Token token = tokens.next();
        refuseEmbeddedC(token, "embedded C cannot run here");
        return new ExpressionNode.NumberLiteral(token.span(), 0);
    }

    /** Reports {@code %{ ... %}}; the first line of it is underlined. */
    void refuseEmbeddedC(Token token, String message) {
        tokens.report(
                EMBEDDED_C_NOT_SUPPORTED,
                new Span(
                        token.span().source(),
                        token.span().start(),
                        token.span().start() + 2),
                message,
                "no C compiler and no kernel module are used",
                "write it in the language of the script: context variables, functions and statistics do most of it");
    }

    private Panic noOperator(Token first, Token second) {
        String text = first.text() + second.text();
        return tokens.fail(
                UNKNOWN_OPERATOR,
                Span.covering(first.span(), second.span()),
                "there is no operator `" + text + "`",
                "two signs that make none",
                "write " + Junk.wantedOperator(text));
    }

    private Panic missing() {
        Token token = tokens.peek();
        if (token.kind() == Token.Kind.KEYWORD) {
            return tokens.fail(
                    MISSING_EXPRESSION,
                    token.span(),
                    "a value is missing before the keyword `" + token.text() + "`",
                    "expected a value",
                    "keywords cannot name variables: use another name, as `" + token.text() + "_`");
        }
        Token before = tokens.previous();
        if (token.isOperator("/") && token.glued() && before.isOperator("*")) {
            return tokens.fail(
                    STRAY_BRACKET,
                    Span.covering(before.span(), token.span()),
                    "`*/` closes no comment",
                    "no `/*` for this",
                    "comments do not nest: the first `*/` ends one");
        }
        Token next = tokens.peek(1);
        if (token.isOperator(":") && next.isOperator("=") && next.glued()) {
            return noOperator(token, next);
        }
        boolean pair = token.kind() == Token.Kind.OPERATOR && before.kind() == Token.Kind.OPERATOR && token.glued();
        if (pair && Junk.wantedOperator(before.text() + token.text()) != null) {
            return noOperator(before, token);
        }
        if (token.isOperator("*") && next.glued()) {
            return tokens.fail(
                    MISSING_EXPRESSION,
                    token.span(),
                    "a value is missing before `*`",
                    "expected a value",
                    "a pointer is read by $pointer->member or $pointer[0]");
        }
        if (before.kind() == Token.Kind.OPERATOR && (token.startsLine() || tokens.atEnd())) {
            return tokens.fail(
                    MISSING_EXPRESSION,
                    before.span(),
                    "a value is missing after " + before.described(),
                    "expected a value behind this",
                    "a value is a number, a string, a variable or a call");
        }
        return tokens.fail(
                MISSING_EXPRESSION,
                token.span(),
                "a value is missing before " + token.described(),
                "expected a value",
                "a value is a number, a string, a variable or a call");
    }
}
