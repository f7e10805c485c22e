package io.stapscope.compiler.syntax;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.BAD_FUNCTION;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.BAD_GLOBAL;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.MISSING_BODY;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.NOT_A_DECLARATION;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.STRAY_BRACKET;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.Fix;
import io.stapscope.compiler.diagnostic.Spelling;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.DeclarationNode;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.Name;
import io.stapscope.compiler.syntax.tree.StatementNode;
import io.stapscope.compiler.syntax.tree.TypeName;
import java.util.ArrayList;
import java.util.List;

/** The top level: probes, globals and functions. */
final class DeclarationParser {
    private final Grammar grammar;
    private final TokenStream tokens;
    private final ProbeParser probes;
    private final List<DeclarationNode> found = new ArrayList<>();

    DeclarationParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
        this.probes = new ProbeParser(grammar);
    }

    List<DeclarationNode> script() {
        while (!tokens.atEnd()) {
            int start = tokens.position();
            tokens.beginPhrase();
            try {
                declaration();
            } catch (Panic panic) {
                skipToDeclaration(start);
            }
        }
        return found;
    }

    /** Reads one declaration and keeps it. */
    void declaration() {
        Token token = tokens.peek();
        if (token.kind() == Token.Kind.EMBEDDED_C) {
            tokens.next();
            grammar.operands.refuseEmbeddedC(token, "embedded C cannot run here");
        } else if (tokens.atKeyword("probe")) {
            DeclarationNode probe = probes.probe();
            if (probe != null) {
                found.add(probe);
            }
        } else if (tokens.atKeyword("function")) {
            function(token.span(), false);
        } else if (tokens.atKeyword("global")) {
            tokens.next();
            globals(token.span(), false);
        } else if (tokens.atKeyword("private")) {
            tokens.next();
            privateDeclaration(token.span());
        } else if (!tokens.accept(";")) {
            throw notDeclaration(token);
        }
    }

    private void privateDeclaration(Span first) {
        if (tokens.atKeyword("function")) {
            function(first, true);
        } else if (tokens.atKeyword("probe")) {
            tokens.report(
                    BAD_GLOBAL,
                    first,
                    "a probe cannot be private",
                    "means nothing before `probe`",
                    "only functions and globals can: remove it");
        } else {
            tokens.acceptKeyword("global");
            globals(first, true);
        }
    }

    private Panic notDeclaration(Token token) {
        if (token.isOperator("}") || token.isOperator(")") || token.isOperator("]")) {
            return tokens.fail(
                    STRAY_BRACKET,
                    token.span(),
                    token.described() + " closes nothing",
                    "no partner for this",
                    "remove it, or look for an opening bracket that is missing above");
        }
        var diagnostic = Diagnostic.of(
                NOT_A_DECLARATION,
                token.span(),
                "expected `probe`, `global` or `function` but found " + token.described(),
                "begins nothing",
                adviceFor(token));
        String near = token.kind() == Token.Kind.IDENTIFIER
                ? Spelling.nearest(token.text(), List.of("probe", "global", "function"))
                : null;
        return tokens.fail(
                near == null
                        ? diagnostic
                        : diagnostic.withFix(new Fix(token.span(), near, "replace by `" + near + "`")));
    }

    /** What somebody probably wanted who wrote this at the top level. */
    private String adviceFor(Token token) {
        boolean afterBody = tokens.previous().isOperator("}");
        if (token.isOperator(",") && afterBody) {
            return "only an alias made with `=` has a second body, after that of its beginning";
        }
        if (afterBody && token.startsLine() && tokens.column(token) > 1) {
            return "the `}` in line " + tokens.line(tokens.previous())
                    + " ends the declaration: remove it if this still belongs there";
        }
        if (token.kind() == Token.Kind.IDENTIFIER && tokens.peek(1).isOperator(":")) {
            return "this looks like DTrace or bpftrace; here it is probe process.syscall { ... }";
        }
        return "statements stand in the braces of a probe: probe begin { ... }";
    }

    private void globals(Span first, boolean isPrivate) {
        Span start = first;
        do {
            found.add(global(start, isPrivate));
            start = tokens.peek(1).span();
        } while (tokens.accept(","));
        tokens.accept(";");
        Token token = tokens.peek();
        boolean sameLine = !tokens.atEnd() && !token.startsLine() && token.kind() != Token.Kind.KEYWORD;
        if (sameLine
                && token.kind() != Token.Kind.EMBEDDED_C
                && !tokens.previous().isOperator(";")) {
            throw tokens.fail(
                    BAD_GLOBAL,
                    token.span(),
                    "expected `,` or the end of the globals but found " + token.described(),
                    "not expected here",
                    adviceForGlobal(token));
        }
    }

    private static String adviceForGlobal(Token found) {
        return switch (found.text()) {
            case ":" -> "globals have no written type, it follows from their use: global count";
            case "[" -> "an array has one size for all its keys: global table[1000]";
            default ->
                found.kind() == Token.Kind.OPERATOR
                        ? "the initial value is one number or string: global c = 1, name = \"x\""
                        : "write global a, b[100], c = 1";
        };
    }

    private DeclarationNode global(Span first, boolean isPrivate) {
        Name name = grammar.literals.name("a global");
        boolean wrap = tokens.accept("%");
        ExpressionNode.NumberLiteral size = null;
        if (tokens.at("[")) {
            size = size(name);
        }
        wrap |= tokens.accept("%");
        ExpressionNode initial = null;
        if (tokens.at("=")) {
            Token sign = tokens.next();
            if (size != null || wrap) {
                tokens.report(
                        BAD_GLOBAL,
                        Span.covering(name.span(), sign.span()),
                        "the array `" + name.text() + "` cannot have an initial value",
                        "only scalars can",
                        "fill it in `probe begin { ... }`");
            }
            initial = grammar.literals.numberOrString("the initial value of `" + name.text() + "`");
        }
        return new DeclarationNode.Global(tokens.since(first), isPrivate, name, size, wrap, initial);
    }

    private ExpressionNode.NumberLiteral size(Name name) {
        Token opening = tokens.next();
        if (tokens.at("]")) {
            throw tokens.fail(
                    BAD_GLOBAL,
                    Span.covering(opening.span(), tokens.peek().span()),
                    "the size of the array `" + name.text() + "` is missing",
                    "no size",
                    "write global " + name.text() + "[1000], or leave the brackets out for the usual size");
        }
        ExpressionNode.NumberLiteral size = grammar.literals.number("the size of `" + name.text() + "`");
        tokens.close(opening, "]");
        if (size.value() < 1 || size.value() > Integer.MAX_VALUE) {
            tokens.report(
                    BAD_GLOBAL,
                    size.span(),
                    "the size of `" + name.text() + "` must be from 1 to 2147483647",
                    "out of range",
                    "give the largest number of elements it can hold");
        }
        return size;
    }

    private void function(Span first, boolean isPrivate) {
        Token keyword = tokens.next();
        Name name = grammar.literals.name("a function");
        TypeName type = tokens.accept(":") ? grammar.literals.type() : null;
        List<DeclarationNode.Parameter> parameters = parameters(name);
        ExpressionNode.NumberLiteral priority = null;
        boolean typeBehind = tokens.at("->")
                || (tokens.at(":")
                        && (tokens.peek(1).isKeyword("long") || tokens.peek(1).isKeyword("string")));
        if (typeBehind) {
            throw tokens.fail(
                    BAD_FUNCTION,
                    tokens.peek().span(),
                    "the type of `" + name.text() + "` stands behind its parameters",
                    "not expected here",
                    "it stands before them: function " + name.text() + ":long(...) { ... }");
        }
        if (tokens.accept(":")) {
            priority = grammar.literals.number("the priority of `" + name.text() + "`");
        }
        Token body = tokens.peek();
        if (body.kind() == Token.Kind.EMBEDDED_C) {
            tokens.next();
            grammar.operands.refuseEmbeddedC(
                    body, "the function `" + name.text() + "` is embedded C, which cannot run here");
            return;
        }
        if (!tokens.at("{")) {
            boolean ends = tokens.atEnd() || body.startsLine();
            throw tokens.fail(
                    MISSING_BODY,
                    ends ? tokens.since(name.span()) : body.span(),
                    "the function `" + name.text() + "` has no body",
                    ends ? "expected `{` after this" : "expected `{`",
                    "write what it does in braces: function " + name.text() + "(...) { ... }");
        }
        StatementNode.Block block = grammar.statements.body(true, tokens.column(keyword));
        found.add(
                new DeclarationNode.Function(tokens.since(first), isPrivate, name, type, parameters, priority, block));
    }

    private List<DeclarationNode.Parameter> parameters(Name function) {
        var parameters = new ArrayList<DeclarationNode.Parameter>();
        Token opening = tokens.peek();
        if (!tokens.accept("(")) {
            throw tokens.fail(
                    BAD_FUNCTION,
                    opening.span(),
                    "the function `" + function.text() + "` has no parameter list",
                    "expected `(`",
                    "write function " + function.text() + "() { ... }, with parameters between the parentheses");
        }
        if (!tokens.accept(")")) {
            do {
                Name name = grammar.literals.name("a parameter");
                TypeName type = tokens.accept(":") ? grammar.literals.type() : null;
                parameters.add(new DeclarationNode.Parameter(tokens.since(name.span()), name, type));
            } while (tokens.accept(","));
            tokens.close(opening, ")");
        }
        return parameters;
    }

    /** A keyword that is a part of a probe point has a dot, a brace or a comma before it. */
    private void skipToDeclaration(int start) {
        if (tokens.position() == start) {
            tokens.next();
        }
        while (!tokens.atEnd()) {
            boolean part = !tokens.peek().startsLine() && isPart(tokens.previous());
            Token token = tokens.peek();
            if (!part && token.kind() == Token.Kind.KEYWORD && Words.DECLARATIONS.contains(token.text())) {
                return;
            }
            tokens.next();
        }
    }

    private static boolean isPart(Token before) {
        return before.isOperator(".") || before.isOperator("{") || before.isOperator(",");
    }
}
