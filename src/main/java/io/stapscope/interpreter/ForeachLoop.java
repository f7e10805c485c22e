package io.stapscope.interpreter;

import io.stapscope.compiler.ir.Statement.Foreach;
import io.stapscope.interpreter.Code.Flow;
import io.stapscope.interpreter.GlobalStore.Element;
import io.stapscope.statistics.Aggregate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** foreach: a walk over the elements as they stood at its start, perhaps filtered, sorted and limited. */
final class ForeachLoop implements Code.Step {
    private final Foreach foreach;
    private final Code.Step body;
    private final Code.Slice slice;
    private final Code.@Nullable Number limit;
    private final GlobalStore store;

    ForeachLoop(Foreach foreach, Code.Step body, ExpressionCompiler expressions) {
        this.foreach = foreach;
        this.body = body;
        this.slice = expressions.slice(foreach.slice());
        this.limit = foreach.limit() == null ? null : expressions.number(foreach.limit());
        this.store = expressions.store();
    }

    @Override
    public Flow run(Frame frame) {
        var elements = elements(frame);
        long turns = limit == null ? Long.MAX_VALUE : limit.value(frame);
        for (var element : elements) {
            if (turns-- <= 0) {
                break;
            }
            assign(element, frame);
            var flow = body.run(frame);
            if (flow == Flow.BREAK) {
                break;
            }
            if (flow == Flow.RETURN || flow == Flow.NEXT) {
                return flow;
            }
        }
        return Flow.ON;
    }

    private List<Element> elements(Frame frame) {
        var elements = store.elements(foreach.global());
        if (!foreach.slice().isEmpty()) {
            var pattern = slice.value(frame);
            elements = elements.stream()
                    .filter(element -> pattern.matches(element.keys()))
                    .toList();
        }
        return foreach.sort() == null ? elements : ElementOrder.sorted(elements, foreach.sort());
    }

    private void assign(Element element, Frame frame) {
        for (int i = 0; i < foreach.keys().size(); i++) {
            frame.set(foreach.keys().get(i), element.keys().get(i));
        }
        if (foreach.value() != null) {
            var value = element.value();
            frame.set(foreach.value(), value instanceof Aggregate aggregate ? (Object) aggregate.count() : value);
        }
    }
}
