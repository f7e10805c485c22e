package io.stapscope.compiler.analysis;

import io.stapscope.compiler.analysis.ProbeSymbol.ResolvedPoint;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes one point of the system calls that one written point stands for, as {@code syscall.*} does: one program in the
 * kernel in place of hundreds. A body that asks for the text of its point keeps them apart.
 */
final class PointMerging {
    private PointMerging() {}

    private record Group(
            boolean atReturn, Span place, @Nullable ExpressionNode condition) {}

    static void run(Symbols symbols) {
        ProbeTextUse texts = null;
        for (var probe : symbols.probes()) {
            if (probe.points().size() <= 1) {
                continue;
            }
            texts = texts == null ? new ProbeTextUse(symbols) : texts;
            if (!texts.asks(probe.body())) {
                probe.merge(merged(probe.points()));
            }
        }
    }

    private static List<ResolvedPoint> merged(List<ResolvedPoint> points) {
        var groups = new LinkedHashMap<Object, List<ResolvedPoint>>();
        for (var each : points) {
            Object group = each.point() instanceof ProbePoint.SystemCall call
                            && !call.numbers().isEmpty()
                    ? new Group(call.atReturn(), each.span(), each.condition())
                    : each;
            groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(each);
        }
        return groups.values().stream().map(PointMerging::union).toList();
    }

    private static ResolvedPoint union(List<ResolvedPoint> points) {
        var first = points.getFirst();
        if (points.size() == 1 || !(first.point() instanceof ProbePoint.SystemCall one)) {
            return first;
        }
        var numbers = new TreeSet<Integer>();
        for (var each : points) {
            if (each.point() instanceof ProbePoint.SystemCall call) {
                numbers.addAll(call.numbers());
            }
        }
        var point = new ProbePoint.SystemCall(first.span().text(), one.atReturn(), List.copyOf(numbers));
        return new ResolvedPoint(point, first.span(), first.condition());
    }
}
