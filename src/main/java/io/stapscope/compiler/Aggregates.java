package io.stapscope.compiler;

import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.Plan;
import java.util.List;

/** The globals of a plan that become series: statistics, and numbers that only grow. */
public final class Aggregates {
    private Aggregates() {}

    /**
     * One such global.
     *
     * @param line where it is declared, from 1
     */
    public record Aggregate(
            int id, String name, Kind kind, List<Global.KeyKind> keyKinds, Global.Unit unit, int line) {}

    public enum Kind {
        STATISTIC,
        COUNTER
    }

    public static List<Aggregate> of(Plan plan) {
        return plan.globals().stream()
                .filter(global -> global.isStatistic() || global.counter())
                .map(global -> new Aggregate(
                        global.id(),
                        global.name(),
                        global.isStatistic() ? Kind.STATISTIC : Kind.COUNTER,
                        global.keyKinds(),
                        global.unit(),
                        global.span().line()))
                .toList();
    }
}
