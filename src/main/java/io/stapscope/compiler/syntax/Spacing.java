package io.stapscope.compiler.syntax;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a space stands between two pieces of one line, and whether the line may be cut there. */
final class Spacing {
    private static final Set<String> SIGNS = Set.of("+", "-", "!", "~", "&", "++", "--");

    /** Signs that look better at the beginning of a line than at the end. */
    private static final Set<String> CUT_BEFORE = Set.of("&&", "||", "?", ":", ".", "+");

    private enum Header {
        NONE,
        PROBE,
        /** Behind the {@code if} of a probe point. */
        CONDITION,
        FUNCTION,
        GLOBAL
    }

    private final List<Piece> pieces;
    private final Layout layout;
    private final Header[] headers;

    /** Pieces that a value may end with: a sign behind one stands between two values. */
    private final BitSet values = new BitSet();

    private final BitSet prefixes = new BitSet();

    /** Commas between whole probe points. */
    private final BitSet pointCommas = new BitSet();

    Spacing(List<Piece> pieces, Layout layout) {
        this.pieces = pieces;
        this.layout = layout;
        this.headers = new Header[pieces.size()];
        findHeaders();
        findPrefixes();
    }

    private void findHeaders() {
        Header header = Header.NONE;
        int depth = 0;
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            boolean begins = layout.beginsLine(i);
            if (layout.isBlockBrace(i) || (begins && !isDeclaration(piece))) {
                header = Header.NONE;
            } else if (begins || (i > 0 && header == Header.NONE && isDeclaration(piece) && !layout.isKnown(i))) {
                depth = 0;
                header = piece.isKeyword("probe")
                        ? Header.PROBE
                        : piece.isKeyword("function") ? Header.FUNCTION : Header.GLOBAL;
            } else if (header == Header.GLOBAL && piece.isKeyword("function")) {
                header = Header.FUNCTION;
            } else if (header == Header.PROBE && piece.isKeyword("if") && !isPart(i)) {
                header = Header.CONDITION;
                depth = 0;
            }
            headers[i] = header;
            if (header == Header.PROBE) {
                depth += piece.isOperator("{") ? 1 : piece.isOperator("}") ? -1 : 0;
                pointCommas.set(i, depth == 0 && piece.isOperator(","));
            }
            if (header == Header.CONDITION && (piece.isOperator("(") || piece.isOperator(")"))) {
                depth += piece.isOperator("(") ? 1 : -1;
                header = depth == 0 ? Header.PROBE : header;
            }
        }
    }

    private boolean isPart(int piece) {
        return piece > 0 && pieces.get(piece - 1).isOperator(".");
    }

    private static boolean isDeclaration(Piece piece) {
        return piece.token() != null
                && piece.token().kind() == Token.Kind.KEYWORD
                && Words.DECLARATIONS.contains(piece.text());
    }

    private void findPrefixes() {
        boolean value = false;
        for (int i = 0; i < pieces.size(); i++) {
            Token token = pieces.get(i).token();
            if (token == null) {
                continue;
            }
            value &= !layout.beginsLine(i);
            switch (token.kind()) {
                case IDENTIFIER, NUMBER, STRING, EMBEDDED_C -> value = true;
                case KEYWORD, END -> value = false;
                case OPERATOR -> {
                    boolean prefix = SIGNS.contains(token.text()) && !value;
                    boolean wildcard = token.isOperator("*") && !value;
                    boolean postfix = value && (token.isOperator("++") || token.isOperator("--"));
                    boolean closing = token.isOperator(")") || token.isOperator("]") || token.isOperator("%)");
                    prefixes.set(i, prefix);
                    value = wildcard || postfix || closing;
                }
            }
            values.set(i, value);
        }
    }

    boolean isInProbePoints(int piece) {
        return headers[piece] == Header.PROBE;
    }

    /** Whether a piece is the comma between two probe points. */
    boolean endsProbePoint(int piece) {
        return pointCommas.get(piece);
    }

    /** Whether the line may be cut before a piece. */
    boolean mayCut(int piece) {
        Piece before = pieces.get(piece - 1);
        Piece after = pieces.get(piece);
        if (before.isOperator(",")) {
            return true;
        }
        boolean expression = headers[piece] != Header.PROBE && headers[piece] != Header.FUNCTION;
        return expression && !prefixes.get(piece) && after.token() != null && CUT_BEFORE.contains(after.text());
    }

    /** Whether a space stands before a piece. */
    boolean isBefore(int piece) {
        Piece before = pieces.get(piece - 1);
        Piece after = pieces.get(piece);
        Boolean wanted = before.isComment() || after.isComment() ? Boolean.TRUE : wanted(piece, before, after);
        return wanted == null || wanted || wouldMerge(before.text(), after.text());
    }

    private @Nullable Boolean wanted(int piece, Piece before, Piece after) {
        if (after.isOperator(",")
                || after.isOperator(";")
                || before.isOperator("(")
                || before.isOperator("[")
                || after.isOperator(")")
                || after.isOperator("]")
                || before.isOperator("->")
                || after.isOperator("->")) {
            return false;
        }
        if (isPreprocessor(before) || isPreprocessor(after)) {
            return true;
        }
        if (prefixes.get(piece - 1)) {
            return false;
        }
        if (headers[piece] == Header.PROBE && headers[piece - 1] != Header.CONDITION) {
            return inProbePoint(piece, before, after);
        }
        if (headers[piece] == Header.FUNCTION && (before.isOperator(":") || after.isOperator(":"))) {
            return after.isOperator(":") && before.isOperator(")");
        }
        if (headers[piece] == Header.GLOBAL && (after.isOperator("%") || before.isOperator("%"))) {
            return before.isOperator("%") && !after.isOperator("[");
        }
        if (after.isOperator("(") || after.isOperator("[")) {
            boolean type =
                    headers[piece] == Header.FUNCTION && (before.isKeyword("long") || before.isKeyword("string"));
            return !values.get(piece - 1) && !type;
        }
        boolean step = (after.isOperator("++") || after.isOperator("--")) && !prefixes.get(piece);
        boolean pretty = after.text().equals("$") || after.text().equals("$$");
        boolean emptyBlock = before.isOperator("{") && after.isOperator("}");
        return !step && !pretty && !emptyBlock && !isOrder(piece);
    }

    private static boolean isPreprocessor(Piece piece) {
        return piece.isOperator("%(") || piece.isOperator("%?") || piece.isOperator("%:") || piece.isOperator("%)");
    }

    private boolean inProbePoint(int piece, Piece before, Piece after) {
        boolean inner = before.isOperator("{") || after.isOperator("}");
        boolean glued = before.isOperator(".")
                || after.isOperator(".")
                || after.isOperator("?")
                || after.isOperator("!")
                || after.isOperator("(");
        boolean piecewise = after.isGlued() && isPiece(before) && isPiece(after);
        return !inner && !glued && !piecewise;
    }

    /** A part of a component of a probe point, such as the three of {@code sys*call}. */
    private static boolean isPiece(Piece piece) {
        return piece.isOperator("*") || (piece.token() != null && piece.token().kind() != Token.Kind.OPERATOR);
    }

    /** Whether a piece is the sign that a {@code foreach} sorts by. */
    private boolean isOrder(int piece) {
        if (!pieces.get(piece).isOperator("+") && !pieces.get(piece).isOperator("-")) {
            return false;
        }
        Piece next = piece + 1 < pieces.size() ? pieces.get(piece + 1) : pieces.get(piece);
        return next.isKeyword("in")
                || next.isKeyword("limit")
                || next.isOperator(",")
                || next.isOperator("]")
                || next.isOperator(")")
                || next.isOperator("=");
    }

    /** Whether two signs without a space would be read as other signs. */
    private static boolean wouldMerge(String before, String after) {
        String both = before + after;
        return both.startsWith("%{")
                || Words.OPERATORS.stream().anyMatch(each -> each.length() > before.length() && both.startsWith(each));
    }
}
