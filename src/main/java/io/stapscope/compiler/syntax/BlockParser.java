package io.stapscope.compiler.syntax;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.MISPLACED_DECLARATION;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.UNCLOSED_BRACKET;

import io.stapscope.compiler.syntax.tree.StatementNode;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Braces, and how reading goes on inside them after an error. */
final class BlockParser {
    private final Grammar grammar;
    private final TokenStream tokens;
    private final StatementParser statements;

    /** Where the declaration begins whose body this is. */
    private int declarationColumn;

    /** A brace whose partner is less indented than it: when one is missing, it is probably here. */
    private @Nullable Token suspect;

    /** Where a missing brace was reported: the blocks around it end there too. */
    private int unclosedAt = -1;

    BlockParser(Grammar grammar, StatementParser statements) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
        this.statements = statements;
    }

    StatementNode.Block body(int column) {
        int outerColumn = declarationColumn;
        Token outerSuspect = suspect;
        declarationColumn = column;
        suspect = null;
        try {
            return block();
        } finally {
            declarationColumn = outerColumn;
            suspect = outerSuspect;
        }
    }

    StatementNode.Block block() {
        tokens.enter();
        try {
            return enteredBlock();
        } finally {
            tokens.leave();
        }
    }

    private StatementNode.Block enteredBlock() {
        int start = tokens.position();
        Token opening = tokens.expect("{", "before the statements", "they stand in braces: { ... }");
        var found = new ArrayList<StatementNode>();
        while (true) {
            Token token = tokens.peek();
            if (token.isOperator("}")) {
                compareIndentation(opening, start);
                tokens.next();
                break;
            }
            if (tokens.atEnd() || isNextDeclaration(token)) {
                reportUnclosed(opening, start);
                break;
            }
            StatementNode statement = recovering();
            if (statement != null) {
                found.add(statement);
            }
        }
        return new StatementNode.Block(tokens.since(opening.span()), found);
    }

    private @Nullable StatementNode recovering() {
        int start = tokens.position();
        tokens.beginPhrase();
        try {
            Token token = tokens.peek();
            if (token.kind() == Token.Kind.KEYWORD && Words.DECLARATIONS.contains(token.text())) {
                misplacedDeclaration(token);
                return null;
            }
            return statements.statement();
        } catch (Panic panic) {
            skipStatement(start);
            return null;
        }
    }

    private void misplacedDeclaration(Token keyword) {
        tokens.report(
                MISPLACED_DECLARATION,
                keyword.span(),
                "`" + keyword.text() + "` cannot stand inside a body",
                "inside of braces here",
                "move it to the top level, outside of all probes and functions");
        tokens.enter();
        try {
            grammar.declarations.declaration();
        } finally {
            tokens.leave();
        }
    }

    /** Whether a keyword begins the next declaration, so that a brace is missing before it. */
    private boolean isNextDeclaration(Token token) {
        if (token.kind() != Token.Kind.KEYWORD || !Words.DECLARATIONS.contains(token.text())) {
            return false;
        }
        boolean opensBody = token.text().equals("probe") || token.text().equals("function");
        return token.startsLine() ? tokens.column(token) <= declarationColumn : opensBody;
    }

    private void compareIndentation(Token opening, int start) {
        Token closing = tokens.peek();
        if (suspect == null && closing.startsLine() && tokens.column(closing) < tokens.indentation(start)) {
            suspect = opening;
        }
    }

    private void reportUnclosed(Token opening, int start) {
        if (unclosedAt == tokens.position()) {
            return;
        }
        unclosedAt = tokens.position();
        if (!tokens.isBrokenSince(start)) {
            Token culprit = suspect == null ? opening : suspect;
            tokens.report(
                    UNCLOSED_BRACKET,
                    culprit.span(),
                    "`{` is not closed",
                    "no `}` for this",
                    tokens.atEnd()
                            ? "the script ends before it is closed: add `}`"
                            : "line " + tokens.line(tokens.peek()) + " begins something new: add `}` before it");
        }
    }

    /** Skips to where the next statement probably begins. */
    private void skipStatement(int start) {
        int depth = 0;
        while (!tokens.atEnd()) {
            Token token = tokens.peek();
            boolean moved = tokens.position() > start;
            if (moved && token.kind() == Token.Kind.KEYWORD && Words.DECLARATIONS.contains(token.text())) {
                return;
            }
            if (token.isOperator("}") || (depth <= 0 && moved && beginsStatement(token))) {
                return;
            }
            if (tokens.at("{")) {
                skipBraces();
                continue;
            }
            tokens.next();
            if (token.isOperator("(") || token.isOperator("[")) {
                depth++;
            } else if (token.isOperator(")") || token.isOperator("]")) {
                depth--;
            } else if (token.isOperator(";") && depth <= 0) {
                return;
            }
        }
    }

    private static boolean beginsStatement(Token token) {
        boolean word = token.kind() == Token.Kind.KEYWORD && Words.STATEMENTS.contains(token.text());
        return word || (token.startsLine() && token.kind() != Token.Kind.OPERATOR);
    }

    private void skipBraces() {
        int depth = 0;
        do {
            Token token = tokens.next();
            if (token.isOperator("{")) {
                depth++;
            } else if (token.isOperator("}")) {
                depth--;
            }
        } while (depth > 0 && !tokens.atEnd());
    }

    /** Skips the rest of the parentheses behind a keyword, to the statement that follows them. */
    void skipHeader() {
        int depth = 0;
        while (!tokens.atEnd() && !tokens.at("{") && !tokens.at("}")) {
            Token token = tokens.peek();
            if (token.kind() == Token.Kind.KEYWORD
                    && (Words.DECLARATIONS.contains(token.text()) || Words.STATEMENTS.contains(token.text()))) {
                return;
            }
            tokens.next();
            if (token.isOperator("(")) {
                depth++;
            } else if (token.isOperator(")") && --depth <= 0 && !tokens.at(")")) {
                return;
            }
        }
    }
}
