package io.stapscope.interpreter;

import io.stapscope.compiler.ir.Expression.Extractor;
import io.stapscope.compiler.ir.Statement.Sort;
import io.stapscope.interpreter.GlobalStore.Element;
import io.stapscope.statistics.Aggregate;
import java.util.Comparator;
import java.util.List;

/** The order in which a sorted foreach visits elements: stable, so ties stay in the order of insertion. */
final class ElementOrder {
    private ElementOrder() {}

    static List<Element> sorted(List<Element> elements, Sort sort) {
        Comparator<Element> order = (left, right) -> compare(value(left, sort), value(right, sort));
        return elements.stream()
                .sorted(sort.descending() ? order.reversed() : order)
                .toList();
    }

    private static Object value(Element element, Sort sort) {
        if (sort.key() >= 0) {
            return element.keys().get(sort.key());
        }
        return element.value() instanceof Aggregate aggregate
                ? extract(aggregate, sort.extractor() == null ? Extractor.COUNT : sort.extractor())
                : element.value();
    }

    /** Empty statistics sort as 0. */
    private static Long extract(Aggregate aggregate, Extractor extractor) {
        return switch (extractor) {
            case COUNT -> aggregate.count();
            case SUM -> aggregate.sum();
            case MIN -> aggregate.isEmpty() ? 0 : aggregate.min();
            case MAX -> aggregate.isEmpty() ? 0 : aggregate.max();
            case AVERAGE -> aggregate.isEmpty() ? 0 : aggregate.average();
            case VARIANCE -> aggregate.isEmpty() ? 0 : aggregate.variance();
        };
    }

    /** Numbers as signed, strings by bytes: a byte string's chars are its bytes. */
    private static int compare(Object left, Object right) {
        return left instanceof String text ? text.compareTo((String) right) : Long.compare((Long) left, (Long) right);
    }
}
