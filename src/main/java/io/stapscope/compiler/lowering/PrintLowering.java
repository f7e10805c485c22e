package io.stapscope.compiler.lowering;

import io.stapscope.compiler.builtin.FormatParser;
import io.stapscope.compiler.builtin.PrintFunctions;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Format;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import java.util.List;

/** The print functions: a format and its values. */
final class PrintLowering {
    private final BodyLowering body;
    private final ExpressionLowering expressions;

    PrintLowering(BodyLowering body, ExpressionLowering expressions) {
        this.body = body;
        this.expressions = expressions;
    }

    void print(ExpressionNode.Print e) {
        if (e.arguments().size() == 1 && e.arguments().getFirst() instanceof ExpressionNode.Histogram histogram) {
            histogram(histogram);
            if (e.function().endsLine()) {
                body.emit(new Statement.Print(e.span(), new Format(List.of(new Format.Text("\n"))), List.of()));
            }
            return;
        }
        var values = expressions.all(e.arguments());
        var flat = MemoryDirectives.lower(format(e, values), values);
        body.emit(new Statement.Print(e.span(), flat.format(), flat.values()));
    }

    /** {@code sprintf} and its kin. */
    Expression formatted(ExpressionNode.Print e) {
        var values = expressions.all(e.arguments());
        var flat = MemoryDirectives.lower(format(e, values), values);
        return new Expression.Formatted(e.span(), flat.format(), flat.values());
    }

    private void histogram(ExpressionNode.Histogram e) {
        boolean linear = e.linear() != null;
        switch (e.statistic()) {
            case ExpressionNode.Element element ->
                body.emit(new Statement.PrintHistogram(
                        e.span(), expressions.array(element.array()), expressions.all(element.keys()), linear));
            case ExpressionNode.Variable scalar ->
                body.emit(new Statement.PrintHistogram(e.span(), expressions.array(scalar.word()), List.of(), linear));
            case ExpressionNode other ->
                throw new IllegalStateException(
                        "not a statistic: " + other.span().text());
        }
    }

    private static Format format(ExpressionNode.Print e, List<Expression> values) {
        var text = e.text() == null ? "" : e.text().bytes();
        return e.function().hasFormat()
                ? FormatParser.parse(text).format()
                : PrintFunctions.format(
                        e.function(), values.stream().map(Expression::type).toList(), text);
    }
}
