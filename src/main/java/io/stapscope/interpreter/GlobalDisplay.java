package io.stapscope.interpreter;

import io.stapscope.compiler.ir.Expression.Extractor;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.Statement.Sort;
import io.stapscope.interpreter.format.Escapes;
import io.stapscope.statistics.Aggregate;
import java.util.List;
import java.util.stream.Collectors;

/** Prints the globals that a script writes and never reads, as SystemTap does when a run ends. */
public final class GlobalDisplay {
    private static final Sort BY_DESCENDING_VALUE = new Sort(-1, true, Extractor.COUNT);

    private GlobalDisplay() {}

    public static void print(Global global, GlobalStore store, Console console) {
        if (global.isArray()) {
            var elements = ElementOrder.sorted(store.elements(global), BY_DESCENDING_VALUE);
            elements.forEach(element -> console.print(line(global.name() + indexed(element.keys()), element.value())));
        } else {
            var value = global.isStatistic() ? store.extract(global, List.of()) : store.read(global, List.of());
            console.print(line(global.name(), value));
        }
    }

    private static String indexed(List<Object> keys) {
        return keys.stream().map(GlobalDisplay::literal).collect(Collectors.joining(",", "[", "]"));
    }

    private static String line(String name, Object value) {
        return value instanceof Aggregate aggregate
                ? name + " " + extracts(aggregate) + "\n"
                : name + "=" + literal(value) + "\n";
    }

    private static String extracts(Aggregate aggregate) {
        if (aggregate.isEmpty()) {
            return "@count=0x0";
        }
        return "@count=" + aggregate.count() + " @min=" + aggregate.min() + " @max=" + aggregate.max() + " @sum="
                + aggregate.sum() + " @avg=" + aggregate.average();
    }

    private static String literal(Object value) {
        return value instanceof String text ? Escapes.quoted(text) : value.toString();
    }
}
