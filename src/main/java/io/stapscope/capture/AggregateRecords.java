package io.stapscope.capture;

import io.stapscope.compiler.Aggregates;
import io.stapscope.compiler.Aggregates.Aggregate;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.history.AggregateRecord;
import io.stapscope.pipeline.KeyKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The globals of a script that become series, as they are stored and shown. */
final class AggregateRecords {
    private AggregateRecords() {}

    static List<AggregateRecord> of(Plan plan) {
        return Aggregates.of(plan).stream().map(AggregateRecords::describe).toList();
    }

    static Map<Integer, List<KeyKind>> keyKinds(Plan plan) {
        return Aggregates.of(plan).stream()
                .collect(Collectors.toMap(Aggregate::id, aggregate -> aggregate.keyKinds().stream()
                        .map(kind -> KeyKind.valueOf(kind.name()))
                        .toList()));
    }

    static boolean countsByProcess(Plan plan) {
        return keyKinds(plan).values().stream()
                .anyMatch(kinds -> kinds.contains(KeyKind.PID) || kinds.contains(KeyKind.TID));
    }

    private static AggregateRecord describe(Aggregate aggregate) {
        return new AggregateRecord(
                aggregate.id(),
                aggregate.name(),
                aggregate.kind().name().toLowerCase(Locale.ROOT),
                aggregate.keyKinds().stream()
                        .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                        .toList(),
                unit(aggregate.unit()),
                aggregate.line());
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
