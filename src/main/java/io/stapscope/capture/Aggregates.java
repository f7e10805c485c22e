package io.stapscope.capture;

import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.history.AggregateRecord;
import io.stapscope.pipeline.KeyKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The globals of a script that become series. */
public final class Aggregates {
    private Aggregates() {}

    public static List<AggregateRecord> of(Plan plan) {
        return counted(plan).stream().map(Aggregates::describe).toList();
    }

    static Map<Integer, List<KeyKind>> keyKinds(Plan plan) {
        return counted(plan).stream().collect(Collectors.toMap(Global::id, global -> global.keyKinds().stream()
                .map(kind -> KeyKind.valueOf(kind.name()))
                .toList()));
    }

    private static List<Global> counted(Plan plan) {
        return plan.globals().stream()
                .filter(global -> global.isStatistic() || global.counter())
                .toList();
    }

    private static AggregateRecord describe(Global global) {
        var kinds = global.keyKinds().stream()
                .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                .toList();
        var kind = global.isStatistic() ? "statistic" : "counter";
        return new AggregateRecord(
                global.id(),
                global.name(),
                kind,
                kinds,
                unit(global.unit()),
                global.span().line());
    }

    private static String unit(Global.Unit unit) {
        return switch (unit) {
            case NANOSECONDS -> "ns";
            case MICROSECONDS -> "us";
            case MILLISECONDS -> "ms";
            case SECONDS -> "s";
            case BYTES -> "bytes";
            case NONE -> "none";
        };
    }
}
