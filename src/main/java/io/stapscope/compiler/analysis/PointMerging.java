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
 * kernel in place of hundreds. A body that asks for the text of its point keeps them apart; not so places in the code of
 * one program, which know their texts by number.
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
            boolean apart = texts.asks(probe.body());
            probe.merge(merged(probe.points(), apart));
        }
    }

    /** Places of one file. */
    private record CodeGroup(
            String path,
            long device,
            long inode,
            ProbePoint.Target target,
            boolean atReturn,
            Span place,
            @Nullable ExpressionNode condition) {}

    private static List<ResolvedPoint> merged(List<ResolvedPoint> points, boolean apart) {
        var groups = new LinkedHashMap<Object, List<ResolvedPoint>>();
        for (var each : points) {
            Object group =
                    switch (each.point()) {
                        case ProbePoint.SystemCall call
                        when !apart && !call.numbers().isEmpty() ->
                            new Group(call.atReturn(), each.span(), each.condition());
                        case ProbePoint.Code code ->
                            new CodeGroup(
                                    code.path(),
                                    code.device(),
                                    code.inode(),
                                    code.target(),
                                    code.atReturn(),
                                    each.span(),
                                    each.condition());
                        case ProbePoint _ -> each;
                    };
            groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(each);
        }
        return groups.values().stream().map(PointMerging::union).toList();
    }

    private static ResolvedPoint union(List<ResolvedPoint> points) {
        var first = points.getFirst();
        if (points.size() > 1 && first.point() instanceof ProbePoint.Code one) {
            return new ResolvedPoint(places(one, points), first.span(), first.condition());
        }
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

    private static ProbePoint places(ProbePoint.Code one, List<ResolvedPoint> points) {
        var sites = new ArrayList<ProbePoint.CodeSite>();
        for (var each : points) {
            if (each.point() instanceof ProbePoint.Code code) {
                sites.addAll(code.sites());
            }
        }
        return new ProbePoint.Code(
                points.getFirst().span().text(),
                one.path(),
                one.device(),
                one.inode(),
                one.target(),
                one.atReturn(),
                sites);
    }
}
