package io.stapscope.compiler.syntax;

import java.util.ArrayList;
import java.util.List;

/** Writes the pieces of a script in the lines that its layout gives. */
final class LayoutWriter {
    private static final int WIDTH = 100;
    private static final int INDENT = 4;
    private static final int CONTINUATION = 8;

    /** Points of a probe stand below each other, behind the word. */
    private static final int POINTS = "probe ".length();

    private final List<Piece> pieces;
    private final Layout layout;
    private final Spacing spacing;
    private final StringBuilder out = new StringBuilder();

    /** The pieces of the line that is being made. */
    private final List<Integer> line = new ArrayList<>();

    private int margin;

    /** How deep the blocks go that the tree knows. */
    private int level;

    /** Braces that are open inside of a macro or a conditional. */
    private int inner;

    LayoutWriter(List<Piece> pieces, Layout layout) {
        this.pieces = pieces;
        this.layout = layout;
        this.spacing = new Spacing(pieces, layout);
    }

    String write() {
        for (int i = 0; i < pieces.size(); i++) {
            if (i == 0 || beginsLine(i)) {
                endLine();
                separate(i);
                margin = margin(i);
            }
            follow(i);
            line.add(i);
        }
        endLine();
        return out.toString();
    }

    private boolean beginsLine(int piece) {
        Piece before = pieces.get(piece - 1);
        Piece here = pieces.get(piece);
        if (before.isLineComment()) {
            return true;
        }
        if (here.isComment()) {
            return here.lines() > 0;
        }
        if (layout.beginsLine(piece)) {
            // A comment in front of a statement stays in front of it.
            return !(before.isComment() && here.lines() == 0 && before.lines() > 0);
        }
        boolean afterRegion = before.isOperator("%)");
        boolean ownLines = !layout.isKnown(piece) || afterRegion || (before.isComment() && before.lines() > 0);
        return ownLines && here.lines() > 0;
    }

    /** One empty line stays, and one is put between declarations that have bodies. */
    private void separate(int piece) {
        if (piece == 0) {
            return;
        }
        boolean block = layout.isBlockBrace(piece - 1) && pieces.get(piece - 1).isOperator("{");
        boolean closing = layout.isBlockBrace(piece) && pieces.get(piece).isOperator("}");
        boolean empty = pieces.get(piece).lines() > 1 && !block && !closing;
        boolean trailing = pieces.get(piece).isComment() && pieces.get(piece).lines() == 0;
        int next = piece;
        while (next < pieces.size() - 1 && pieces.get(next).isComment()) {
            next++;
        }
        boolean commented = pieces.get(piece - 1).isComment()
                && (piece == 1 || pieces.get(piece - 1).lines() > 0);
        boolean declares = level == 0 && layout.level(next) == 0 && layout.region(next) == 0;
        boolean body = layout.isBlockBrace(lastWord(piece - 1)) || hasBody(next);
        if (empty || (declares && body && !trailing && !commented && !closing)) {
            out.append('\n');
        }
    }

    private int lastWord(int from) {
        int at = from;
        while (at > 0 && pieces.get(at).isComment()) {
            at--;
        }
        return at;
    }

    private boolean hasBody(int piece) {
        Piece next = pieces.get(piece);
        boolean isPrivate = next.isKeyword("private") && piece + 1 < pieces.size();
        return next.isKeyword("probe")
                || next.isKeyword("function")
                || (isPrivate && pieces.get(piece + 1).isKeyword("function"));
    }

    private int margin(int piece) {
        Piece here = pieces.get(piece);
        int next = piece;
        while (next < pieces.size() - 1 && pieces.get(next).isComment()) {
            next++;
        }
        if (layout.beginsLine(next)) {
            boolean closing = here.isComment() && layout.isBlockBrace(next);
            boolean inBlock = closing && pieces.get(next).isOperator("}");
            return INDENT * (layout.level(next) + (inBlock ? 1 : 0));
        }
        if (pieces.get(next).isComment()) {
            return INDENT * level;
        }
        if (layout.region(piece) > 0) {
            boolean sign =
                    here.isOperator("%(") || here.isOperator("%?") || here.isOperator("%:") || here.isOperator("%)");
            boolean closes = here.isOperator("}");
            int depth = layout.region(piece) - (sign ? 1 : 0) + inner - (closes ? 1 : 0);
            return INDENT * (level + Math.max(0, depth));
        }
        return layout.isKnown(piece) && !pieces.get(piece - 1).isOperator("%)")
                ? INDENT * level + CONTINUATION
                : INDENT * level;
    }

    /** Counts braces. */
    private void follow(int piece) {
        Piece here = pieces.get(piece);
        boolean open = here.isOperator("{");
        if (!open && !here.isOperator("}")) {
            inner = layout.region(piece) == 0 ? 0 : inner;
            return;
        }
        if (layout.region(piece) > 0) {
            inner = Math.max(0, inner + (open ? 1 : -1));
        } else if (layout.isBlockBrace(piece)) {
            level = open ? margin / INDENT + 1 : Math.max(0, level - 1);
        }
    }

    private void endLine() {
        if (line.isEmpty()) {
            return;
        }
        String whole = text(line);
        if (margin + whole.length() <= WIDTH || whole.indexOf('\n') >= 0) {
            put(margin, whole);
        } else {
            cutLine();
        }
        line.clear();
    }

    private void cutLine() {
        boolean points = spacing.isInProbePoints(line.getFirst());
        int behind = points ? POINTS : CONTINUATION;
        var part = new StringBuilder();
        int indent = margin;
        int from = 0;
        while (from < line.size()) {
            int to = from + 1;
            while (to < line.size() && !isCut(line.get(to), points)) {
                to++;
            }
            int first = line.get(from);
            String chunk = text(line.subList(from, to));
            String space = from > 0 && spacing.isBefore(first) ? " " : "";
            boolean full = indent + part.length() + space.length() + chunk.length() > WIDTH
                    && !pieces.get(first).isComment();
            boolean own = points && from > 0 && spacing.endsProbePoint(first - 1);
            if (!part.isEmpty() && (full || own)) {
                put(indent, part.toString());
                part.setLength(0);
                indent = margin + behind;
            }
            part.append(part.isEmpty() ? "" : space).append(chunk);
            from = to;
        }
        put(indent, part.toString());
    }

    private boolean isCut(int piece, boolean points) {
        return pieces.get(piece).isComment() || (points ? spacing.endsProbePoint(piece - 1) : spacing.mayCut(piece));
    }

    private void put(int indent, String text) {
        out.append(" ".repeat(indent)).append(text).append('\n');
    }

    private String text(List<Integer> some) {
        var text = new StringBuilder();
        for (int piece : some) {
            text.append(text.isEmpty() || !spacing.isBefore(piece) ? "" : " ")
                    .append(pieces.get(piece).text());
        }
        return text.toString();
    }
}
