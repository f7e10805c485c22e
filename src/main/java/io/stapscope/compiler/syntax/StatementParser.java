package io.stapscope.compiler.syntax;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.CATCH_WITHOUT_TRY;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.ELSE_WITHOUT_IF;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.KEYWORD_AS_NAME;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.MISPLACED_STATEMENT;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.MISSING_STATEMENT;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.STRAY_BRACKET;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.UNEXPECTED_TOKEN;

import io.stapscope.compiler.diagnostic.DiagnosticCode;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.KeyNode;
import io.stapscope.compiler.syntax.tree.Name;
import io.stapscope.compiler.syntax.tree.StatementNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements. Each gives null when it could not be read, which was reported then; its parts are still looked at. */
final class StatementParser {
    private static final String FOR = "write for (first; condition; update) statement";

    /** What a statement stands in. */
    private record Place(boolean function, boolean loop) {}

    private final Grammar grammar;
    private final TokenStream tokens;
    private final BlockParser blocks;
    private Place place = new Place(false, false);

    StatementParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
        this.blocks = new BlockParser(grammar, this);
    }

    /** The body of a probe or function, from its opening brace; {@code column} is where its declaration begins. */
    StatementNode.Block body(boolean function, int column) {
        Place outer = place;
        place = new Place(function, false);
        try {
            return blocks.body(column);
        } finally {
            place = outer;
        }
    }

    @Nullable
    StatementNode statement() {
        tokens.enter();
        try {
            Token first = tokens.peek();
            if (first.isOperator("}") || tokens.atEnd() || isDeclaration(first)) {
                throw tokens.fail(
                        MISSING_STATEMENT,
                        first.span(),
                        "a statement is missing before " + first.described(),
                        "expected a statement",
                        "write one, or `{}` to do nothing");
            }
            if (first.isOperator(")") || first.isOperator("]")) {
                throw tokens.fail(
                        STRAY_BRACKET,
                        first.span(),
                        first.described() + " closes nothing",
                        "no partner for this",
                        "remove it, or look for an opening bracket that is missing before");
            }
            return switch (first.kind()) {
                case KEYWORD -> keyword(first);
                case EMBEDDED_C -> embeddedC();
                case OPERATOR -> first.isOperator("{") ? blocks.block() : first.isOperator(";") ? empty() : evaluate();
                case IDENTIFIER -> isForeign(first) ? foreign(first) : evaluate();
                case NUMBER, STRING, END -> evaluate();
            };
        } finally {
            tokens.leave();
        }
    }

    private static boolean isDeclaration(Token token) {
        return token.kind() == Token.Kind.KEYWORD && Words.DECLARATIONS.contains(token.text());
    }

    private @Nullable StatementNode keyword(Token first) {
        Token second = tokens.peek(1);
        if (second.isOperator("=") || second.isOperator("+=")) {
            throw tokens.fail(
                    KEYWORD_AS_NAME,
                    first.span(),
                    "the keyword `" + first.text() + "` cannot be the name of a variable",
                    "a keyword",
                    "choose another name, as `" + first.text() + "_`");
        }
        return switch (first.text()) {
            case "if" -> ifStatement();
            case "while" -> whileStatement();
            case "for" -> forStatement();
            case "foreach" -> grammar.loops.foreach();
            case "try" -> tryStatement();
            case "return" -> returnStatement();
            case "delete" -> deleteStatement();
            case "break", "continue" -> leaveLoop();
            case "next" -> {
                tokens.next();
                yield ended(new StatementNode.Next(first.span()));
            }
            case "else" -> strayElse();
            case "catch" -> strayCatch();
            default -> evaluate();
        };
    }

    /** Whether it begins a statement of other languages, which would be read as a call and blamed for what follows. */
    private boolean isForeign(Token first) {
        return ForeignWords.advice(first.text(), tokens.peek(1)) != null && !tokens.declaresFunction(first.text());
    }

    private @Nullable StatementNode foreign(Token first) {
        String advice = ForeignWords.advice(first.text(), tokens.peek(1));
        Panic panic = tokens.fail(
                UNEXPECTED_TOKEN,
                first.span(),
                "there is no `" + first.text() + "` here",
                "not a statement",
                advice == null ? "" : advice);
        if (!ForeignWords.isElseIf(first.text())) {
            throw panic;
        }
        // Read as what was meant, so that an else behind it finds its partner.
        ifStatement();
        return null;
    }

    private StatementNode empty() {
        return new StatementNode.Empty(tokens.next().span());
    }

    private StatementNode evaluate() {
        ExpressionNode expression = grammar.expressions.expression();
        return ended(new StatementNode.Evaluate(expression.span(), expression));
    }

    /** A semicolon is allowed after a statement, never needed. */
    private <T extends StatementNode> T ended(T statement) {
        tokens.accept(";");
        return statement;
    }

    private @Nullable StatementNode embeddedC() {
        grammar.operands.refuseEmbeddedC(tokens.next(), "embedded C cannot run here");
        return null;
    }

    private @Nullable StatementNode ifStatement() {
        Span first = tokens.next().span();
        ExpressionNode condition = condition("if");
        StatementNode then = statement();
        skipSemicolonsBefore("else");
        if (!tokens.acceptKeyword("else")) {
            return condition == null || then == null
                    ? null
                    : new StatementNode.If(tokens.since(first), condition, then, null);
        }
        StatementNode otherwise = statement();
        return condition == null || then == null || otherwise == null
                ? null
                : new StatementNode.If(tokens.since(first), condition, then, otherwise);
    }

    private void skipSemicolonsBefore(String keyword) {
        int further = 0;
        while (tokens.peek(further).isOperator(";")) {
            further++;
        }
        if (tokens.peek(further).isKeyword(keyword)) {
            for (int i = 0; i < further; i++) {
                tokens.next();
            }
        }
    }

    /** {@code (expression)}; null when it could not be read, and then the statement behind it comes next. */
    private @Nullable ExpressionNode condition(String keyword) {
        try {
            Token opening = tokens.expect(
                    "(", "after `" + keyword + "`", "the condition stands in parentheses: " + keyword + " (a > b)");
            ExpressionNode condition = grammar.expressions.expression();
            tokens.close(opening, ")");
            return condition;
        } catch (Panic panic) {
            blocks.skipHeader();
            return null;
        }
    }

    private @Nullable StatementNode whileStatement() {
        Span first = tokens.next().span();
        ExpressionNode condition = condition("while");
        StatementNode body = loopBody();
        return condition == null || body == null ? null : new StatementNode.While(tokens.since(first), condition, body);
    }

    private record Header(
            @Nullable ExpressionNode initial,
            @Nullable ExpressionNode condition,
            @Nullable ExpressionNode update) {}

    private @Nullable StatementNode forStatement() {
        Span first = tokens.next().span();
        Header header = forHeader();
        StatementNode body = loopBody();
        return header == null || body == null
                ? null
                : new StatementNode.For(
                        tokens.since(first), header.initial(), header.condition(), header.update(), body);
    }

    private @Nullable Header forHeader() {
        try {
            Token opening = tokens.expect("(", "after `for`", FOR);
            ExpressionNode initial = tokens.at(";") ? null : grammar.expressions.expression();
            tokens.expect(";", "after the first part of `for`", FOR);
            ExpressionNode condition = tokens.at(";") ? null : grammar.expressions.expression();
            tokens.expect(";", "after the condition of `for`", FOR);
            ExpressionNode update = tokens.at(")") ? null : grammar.expressions.expression();
            tokens.close(opening, ")");
            return new Header(initial, condition, update);
        } catch (Panic panic) {
            blocks.skipHeader();
            return null;
        }
    }

    @Nullable
    StatementNode loopBody() {
        Place outer = place;
        place = new Place(outer.function(), true);
        try {
            return statement();
        } finally {
            place = outer;
        }
    }

    /** Goes on behind the parentheses of a loop that could not be read. */
    void skipHeader() {
        blocks.skipHeader();
    }

    private StatementNode tryStatement() {
        Span first = tokens.next().span();
        StatementNode.Block body = blocks.block();
        if (!tokens.acceptKeyword("catch")) {
            throw tokens.fail(
                    CATCH_WITHOUT_TRY,
                    first,
                    "`try` has no `catch`",
                    "what happens on an error is missing",
                    "write try { ... } catch (message) { ... }");
        }
        Name message = null;
        Token opening = tokens.peek();
        if (tokens.accept("(")) {
            message = grammar.literals.name("a variable for the message");
            tokens.close(opening, ")");
        }
        StatementNode.Block handler = blocks.block();
        return new StatementNode.Try(tokens.since(first), body, message, handler);
    }

    private StatementNode returnStatement() {
        Token keyword = tokens.next();
        if (!place.function()) {
            misplaced(keyword, "`return` stands outside of a function", "to leave a handler, write `next`");
        }
        boolean empty = tokens.at(";") || tokens.at("}") || tokens.atEnd();
        ExpressionNode value = empty ? null : grammar.expressions.expression();
        return ended(new StatementNode.Return(tokens.since(keyword.span()), value));
    }

    private StatementNode deleteStatement() {
        Span first = tokens.next().span();
        Name name = grammar.literals.name("the global to delete");
        List<KeyNode> keys = tokens.at("[") ? grammar.expressions.keyPatterns() : List.of();
        if (tokens.at(",")) {
            throw tokens.fail(
                    UNEXPECTED_TOKEN,
                    tokens.peek().span(),
                    "a `delete` takes one global",
                    "a second one",
                    "write another `delete` for it");
        }
        return ended(new StatementNode.Delete(tokens.since(first), name, keys));
    }

    private StatementNode leaveLoop() {
        Token keyword = tokens.next();
        boolean leaves = keyword.text().equals("break");
        if (!place.loop()) {
            misplaced(
                    keyword,
                    "`" + keyword.text() + "` stands outside of a loop",
                    "it belongs into the body of `while`, `for` or `foreach`; to leave a handler, write `next`");
        }
        return ended(leaves ? new StatementNode.Break(keyword.span()) : new StatementNode.Continue(keyword.span()));
    }

    private void misplaced(Token keyword, String message, String note) {
        tokens.report(MISPLACED_STATEMENT, keyword.span(), message, "means nothing here", note);
    }

    private @Nullable StatementNode strayElse() {
        return stray(
                ELSE_WITHOUT_IF,
                "`else` has no `if`",
                "it must follow the statement of an `if`; several statements need braces around them");
    }

    private @Nullable StatementNode strayCatch() {
        tokens.report(
                CATCH_WITHOUT_TRY,
                tokens.peek().span(),
                "`catch` has no `try`",
                "nothing to catch from",
                "write try { ... } catch (message) { ... }");
        tokens.next();
        if (tokens.at("(")) {
            blocks.skipHeader();
        }
        statement();
        return null;
    }

    private @Nullable StatementNode stray(DiagnosticCode code, String message, String note) {
        tokens.report(code, tokens.peek().span(), message, "nothing it belongs to", note);
        tokens.next();
        statement();
        return null;
    }
}
