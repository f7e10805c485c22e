package io.stapscope.tracer;

import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.ProbePoint;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The handlers of the beginning and the end of a run, by their order and then as they stand in the script. */
record OrderedHandlers(List<Handler> begin, List<Handler> end, List<Handler> error) {
    static OrderedHandlers of(List<Handler> handlers) {
        return new OrderedHandlers(
                ordered(handlers, point -> point instanceof ProbePoint.Begin begin ? begin.order() : null),
                ordered(handlers, point -> point instanceof ProbePoint.End end ? end.order() : null),
                ordered(handlers, point -> point instanceof ProbePoint.Error error ? error.order() : null));
    }

    /** @param order of a point; null for one of another kind */
    private static List<Handler> ordered(List<Handler> handlers, Function<ProbePoint, @Nullable Long> order) {
        record Ordered(Handler handler, long order) {}
        return handlers.stream()
                .flatMap(handler -> {
                    var known = order.apply(handler.point());
                    return known == null ? Stream.<Ordered>empty() : Stream.of(new Ordered(handler, known));
                })
                .sorted(Comparator.comparingLong(Ordered::order))
                .map(Ordered::handler)
                .toList();
    }
}
