package io.stapscope.compiler.analysis;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.DIFFERENT_HISTOGRAMS;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.HISTOGRAM_SLOTS;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.NOT_A_STATISTIC;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.ir.Global.LinearScale;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.StatisticOperator;
import io.stapscope.compiler.type.Type;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Statistics and the histograms that are asked of them. */
final class StatisticTypes {
    private static final long FEWEST_SLOTS = 3;
    private static final long MOST_SLOTS = 128;

    private final Typing typing;
    private final Scope scope;
    private final ExpressionTypes expressions;

    StatisticTypes(Typing typing, Scope scope, ExpressionTypes expressions) {
        this.typing = typing;
        this.scope = scope;
        this.expressions = expressions;
    }

    /** A place where only a statistic may stand. */
    void use(ExpressionNode node) {
        switch (node) {
            case ExpressionNode.Variable e -> expressions.variable(e, Type.STATISTIC);
            case ExpressionNode.Element e -> expressions.element(e, Type.STATISTIC);
            case ExpressionNode e ->
                typing.report(Diagnostic.of(
                        NOT_A_STATISTIC,
                        e.span(),
                        Typing.quote(e.span()) + " is not a statistic",
                        "not a statistic",
                        "name a global that is fed with <<<"));
        }
    }

    /** {@code @variance(x, shift)}: all of one statistic are computed with the first one's shift. */
    void variance(ExpressionNode.Extract e) {
        if (e.operator() == StatisticOperator.VARIANCE && global(e.statistic()) instanceof GlobalSymbol global) {
            global.setVarianceShift(
                    e.shift() == null ? 0 : (int) Math.clamp(e.shift().value(), 0, 62));
        }
    }

    private @Nullable GlobalSymbol global(ExpressionNode statistic) {
        return switch (statistic) {
            case ExpressionNode.Variable v -> typing.symbols().global(scope, v.word());
            case ExpressionNode.Element v -> typing.symbols().global(scope, v.array());
            case ExpressionNode _ -> null;
        };
    }

    /** {@code print(@hist_log(x))}. */
    void histogram(ExpressionNode.Histogram e) {
        use(e.statistic());
        var scale = e.linear() == null ? null : scale(e, e.linear());
        var global = global(e.statistic());
        if (global == null || e.linear() != null && scale == null) {
            return;
        }
        var first = global.histogram();
        if (first == null) {
            global.setHistogram(e.span(), scale);
        } else if (!Objects.equals(global.linear(), scale)) {
            typing.report(Diagnostic.of(
                    DIFFERENT_HISTOGRAMS,
                    e.span(),
                    "`" + global.name() + "` is asked for two different histograms",
                    "differs",
                    "the first one stands in line " + first.line() + ": `" + first.text() + "`",
                    "use one of them for both, or feed a second statistic"));
        }
    }

    private @Nullable LinearScale scale(ExpressionNode.Histogram e, ExpressionNode.LinearScale written) {
        long low = written.low().value();
        long high = written.high().value();
        long width = written.width().value();
        if (width <= 0 || high <= low) {
            typing.report(Diagnostic.of(
                    HISTOGRAM_SLOTS,
                    e.span(),
                    width <= 0 ? "the width of a bucket must be positive" : "the high end must lie above the low end",
                    "bad range",
                    "write @hist_linear(x, low, high, width), as in @hist_linear(x, 0, 100, 10)"));
            return null;
        }
        // The difference may need 65 bits.
        long slots = high - low < 0 ? Long.MAX_VALUE : (high - low) / width + FEWEST_SLOTS;
        if (slots > MOST_SLOTS || slots < FEWEST_SLOTS) {
            typing.report(Diagnostic.of(
                    HISTOGRAM_SLOTS,
                    e.span(),
                    "a linear histogram has " + FEWEST_SLOTS + " to " + MOST_SLOTS + " buckets, not "
                            + (slots < 0 || slots == Long.MAX_VALUE ? "that many" : slots),
                    "too many buckets",
                    "choose a width of at least " + Math.max(1, (high - low) / (MOST_SLOTS - FEWEST_SLOTS) + 1)));
            return null;
        }
        return new LinearScale(low, high, width);
    }
}
