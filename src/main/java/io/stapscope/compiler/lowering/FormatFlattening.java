package io.stapscope.compiler.lowering;

import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Format;
import io.stapscope.compiler.ir.Format.Conversion;
import io.stapscope.compiler.ir.Format.Directive;
import io.stapscope.compiler.ir.Format.Piece;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints the parts of a string in place of the string, so that the kernel need not build it:
 *
 * <pre>
 * print "%s\n", (execname . "=" . sprintf("%d", pid)) -> print "%s=%d\n", execname, pid
 * </pre>
 */
final class FormatFlattening {
    private final int most;

    private FormatFlattening(int most) {
        this.most = most;
    }

    static Plan run(Plan plan) {
        var pass = new FormatFlattening(plan.limits().maxStringLength());
        return new PlanRewriter() {
            @Override
            OwnerRewriter rewriter(Owner owner) {
                return new OwnerRewriter() {
                    @Override
                    protected Statement finish(Statement statement) {
                        return statement instanceof Statement.Print print ? pass.flatten(print) : statement;
                    }
                };
            }
        }.run(plan);
    }

    private Statement flatten(Statement.Print print) {
        var pieces = new ArrayList<Piece>();
        var arguments = new ArrayList<Expression>();
        int next = 0;
        for (var piece : print.format().pieces()) {
            switch (piece) {
                case Format.Text text -> add(pieces, text.text());
                case Directive d
                when d.equals(Directive.plain(Conversion.STRING)) ->
                    inline(print.arguments().get(next++), pieces, arguments);
                case Directive d -> {
                    int count = 1 + (d.widthArgument() ? 1 : 0) + (d.precisionArgument() ? 1 : 0);
                    pieces.add(d);
                    arguments.addAll(print.arguments().subList(next, next + count));
                    next += count;
                }
            }
        }
        return new Statement.Print(print.span(), new Format(pieces), arguments);
    }

    /** What cannot become longer than a string may be is printed part by part: nothing of it would be cut. */
    private void inline(Expression value, List<Piece> pieces, List<Expression> arguments) {
        boolean fits = width(value, most) <= most;
        switch (value) {
            case Expression.StringLiteral e -> add(pieces, e.value());
            case Expression.Concatenate e
            when fits -> {
                inline(e.left(), pieces, arguments);
                inline(e.right(), pieces, arguments);
            }
            case Expression.Formatted e
            when fits -> {
                var inner = (Statement.Print) flatten(new Statement.Print(e.span(), e.format(), e.arguments()));
                for (var piece : inner.format().pieces()) {
                    if (piece instanceof Format.Text(var text)) {
                        add(pieces, text);
                    } else {
                        pieces.add(piece);
                    }
                }
                arguments.addAll(inner.arguments());
            }
            case Expression e -> {
                pieces.add(Directive.plain(Conversion.STRING));
                arguments.add(e);
            }
        }
    }

    /** How long a string becomes when nothing cuts it. @param most of a string that nothing is known of */
    static int width(Expression value, int most) {
        return switch (value) {
            case Expression.StringLiteral e -> e.value().length() + 1;
            case Expression.ReadLocal e -> e.local().width();
            case Expression.ReadGlobal e -> e.global().valueWidth();
            case Expression.Context e -> e.value().width();
            case Expression.Conditional e -> Math.max(width(e.then(), most), width(e.otherwise(), most));
            case Expression.Concatenate e -> width(e.left(), most) + width(e.right(), most) - 1;
            case Expression.Formatted e -> e.width(most + 1, each -> width(each, most));
            case Expression.TableText e -> e.table().width();
            case Expression.LoadString e -> e.width(most);
            case Expression _ -> most;
        };
    }

    private static void add(List<Piece> pieces, String text) {
        if (!pieces.isEmpty() && pieces.getLast() instanceof Format.Text(var before)) {
            pieces.set(pieces.size() - 1, new Format.Text(before + text));
        } else if (!text.isEmpty()) {
            pieces.add(new Format.Text(text));
        }
    }
}
