package io.stapscope.compiler.syntax;

import io.stapscope.compiler.syntax.tree.DeclarationNode;
import io.stapscope.compiler.syntax.tree.Script;
import io.stapscope.compiler.syntax.tree.StatementNode;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the tree of a script tells about the lines it should have: which pieces begin one, and how far it is indented. */
final class Layout {
    private final List<Piece> pieces;
    private final Map<Integer, Integer> places = new HashMap<>();

    /** The level of the line that a piece begins; -1 when it begins none. */
    private final int[] levels;

    /** How many {@code %(} are open around a piece; the signs themselves count as inside. */
    private final int[] regions;

    private final BitSet brackets = new BitSet();
    private final BitSet braces = new BitSet();
    private final BitSet covered = new BitSet();

    private Layout(List<Piece> pieces) {
        this.pieces = pieces;
        levels = new int[pieces.size()];
        Arrays.fill(levels, -1);
        regions = new int[pieces.size()];
    }

    static Layout of(Script script, List<Piece> pieces) {
        var layout = new Layout(pieces);
        layout.findRegions();
        script.declarations().forEach(layout::declaration);
        return layout;
    }

    boolean beginsLine(int piece) {
        return levels[piece] >= 0;
    }

    int level(int piece) {
        return levels[piece];
    }

    int region(int piece) {
        return regions[piece];
    }

    /** Whether it is the brace of a body or block, not of a probe point. */
    boolean isBlockBrace(int piece) {
        return braces.get(piece);
    }

    /** Whether the tree knows where its lines end. */
    boolean isKnown(int piece) {
        return covered.get(piece) && regions[piece] == 0;
    }

    private void findRegions() {
        int region = 0;
        int open = 0;
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            places.put(piece.start(), i);
            region += piece.isOperator("%(") ? 1 : 0;
            regions[i] = region;
            region -= piece.isOperator("%)") && region > 0 ? 1 : 0;
            open -= piece.isOperator(")") || piece.isOperator("]") ? 1 : 0;
            brackets.set(i, open > 0);
            open += piece.isOperator("(") || piece.isOperator("[") ? 1 : 0;
            if (piece.token() != null && piece.token().is(Token.Kind.IDENTIFIER, "@define") && region == 0) {
                levels[i] = 0;
            }
        }
    }

    private void beginLine(int piece, int level) {
        if (piece >= 0 && levels[piece] < 0 && regions[piece] == 0 && !brackets.get(piece)) {
            levels[piece] = level;
        }
    }

    /** The piece that begins there; -1 when none does. */
    private int at(int offset) {
        return places.getOrDefault(offset, -1);
    }

    private void declaration(DeclarationNode declaration) {
        int first = at(declaration.span().start());
        if (first >= 0 && pieces.get(first).token() instanceof Token token && token.kind() == Token.Kind.KEYWORD) {
            beginLine(first, 0);
        }
        cover(first, declaration.span().end());
        switch (declaration) {
            case DeclarationNode.Probe probe -> block(probe.body(), 0);
            case DeclarationNode.Alias alias -> {
                if (alias.prologue() != null) {
                    block(alias.prologue(), 0);
                }
                if (alias.epilogue() != null) {
                    block(alias.epilogue(), 0);
                }
            }
            case DeclarationNode.Function function -> block(function.body(), 0);
            case DeclarationNode.Global _ -> {}
        }
    }

    private void cover(int first, int end) {
        for (int i = first < 0 ? pieces.size() : first;
                i < pieces.size() && pieces.get(i).start() < end;
                i++) {
            covered.set(i);
        }
    }

    private void block(StatementNode.Block block, int level) {
        int open = at(block.span().start());
        int close = at(block.span().end() - 1);
        boolean written = open >= 0
                && close >= 0
                && pieces.get(open).isOperator("{")
                && pieces.get(close).isOperator("}");
        if (written) {
            braces.set(open);
            braces.set(close);
            if (close > open + 1) {
                beginLine(close, level);
            }
        }
        block.statements().forEach(each -> statement(each, level + 1));
    }

    private void statement(StatementNode statement, int level) {
        int first = at(statement.span().start());
        boolean alone = first > 0 && pieces.get(first - 1).isOperator("{");
        if (alone || !(statement instanceof StatementNode.Empty)) {
            beginLine(first, level);
        }
        inner(statement, level);
    }

    private void inner(StatementNode statement, int level) {
        switch (statement) {
            case StatementNode.Block block -> block(block, level);
            case StatementNode.If conditional -> {
                body(conditional.then(), level);
                if (conditional.otherwise() != null) {
                    otherwise(conditional.otherwise(), level);
                }
            }
            case StatementNode.While loop -> body(loop.body(), level);
            case StatementNode.For loop -> body(loop.body(), level);
            case StatementNode.Foreach loop -> body(loop.body(), level);
            case StatementNode.Try attempt -> {
                block(attempt.body(), level);
                block(attempt.handler(), level);
            }
            case StatementNode.Empty _,
                    StatementNode.Evaluate _,
                    StatementNode.Break _,
                    StatementNode.Continue _,
                    StatementNode.Next _,
                    StatementNode.Return _,
                    StatementNode.Delete _ -> {}
        }
    }

    /** A block goes on in the line of its owner, any other statement stands in a line of its own. */
    private void body(StatementNode body, int level) {
        if (body instanceof StatementNode.Block block) {
            block(block, level);
        } else {
            statement(body, level + 1);
        }
    }

    private void otherwise(StatementNode otherwise, int level) {
        int first = at(otherwise.span().start());
        int word = first - 1;
        while (word >= 0 && pieces.get(word).isComment()) {
            word--;
        }
        boolean chained = otherwise instanceof StatementNode.If;
        if (word >= 0 && pieces.get(word).isKeyword("else")) {
            if (word == 0 || !pieces.get(word - 1).isOperator("}")) {
                beginLine(word, level);
            }
            chained &= word == first - 1;
        }
        if (chained) {
            inner(otherwise, level);
        } else {
            body(otherwise, level);
        }
    }
}
