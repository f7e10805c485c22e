package io.stapscope.compiler.lowering;

import io.stapscope.compiler.ir.ContextValue;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Function;
import io.stapscope.compiler.ir.IrRewriter;
import io.stapscope.compiler.ir.Local;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.source.Span;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Makes the twin of a function that takes the values of the hit as parameters. */
final class DeferredFunctionRewriter extends IrRewriter {
    private final Deferral deferral;
    private final Function original;
    private final Deferral.DeferredFunction twin;
    private final String reason;
    private final List<Local> locals = new ArrayList<>();
    private final Map<ContextValue, Local> values = new EnumMap<>(ContextValue.class);

    DeferredFunctionRewriter(Deferral deferral, Function original, Deferral.DeferredFunction twin, String reason) {
        this.deferral = deferral;
        this.original = original;
        this.twin = twin;
        this.reason = reason;
        locals.addAll(original.locals().subList(0, original.parameters()));
        for (var value : twin.values()) {
            var local = new Local(
                    locals.size(), "hit_" + value.name().toLowerCase(Locale.ROOT), value.type(), value.width());
            locals.add(local);
            values.put(value, local);
        }
        for (var local : original.locals()
                .subList(original.parameters(), original.locals().size())) {
            locals.add(new Local(locals.size(), local.name(), local.type(), local.width()));
        }
    }

    Function run() {
        var body = block(original.body());
        return new Function(
                twin.id(),
                original.name(),
                original.span(),
                original.parameters() + twin.values().size(),
                locals,
                original.result(),
                original.resultWidth(),
                body);
    }

    @Override
    protected Local local(Local local) {
        return local.index() < original.parameters()
                ? local
                : locals.get(local.index() + twin.values().size());
    }

    @Override
    protected Expression finish(Expression expression) {
        return switch (expression) {
            case Expression.Context e when e.value() != ContextValue.TARGET -> read(e.span(), e.value());
            case Expression e
            when KernelSubset.readsMemory(e) -> {
                deferral.lateRead(e, reason);
                yield e;
            }
            case Expression e -> e;
        };
    }

    @Override
    protected Statement finish(Statement statement) {
        return switch (statement) {
            case Statement.Call s -> {
                var called = deferral.twin(s.function().id(), reason);
                var arguments = with(s.span(), s.arguments(), called);
                yield deferral.isComplete(called)
                        ? new Statement.Call(s.span(), deferral.function(called.id()), arguments, s.result())
                        : new Statement.CallById(s.span(), called.id(), arguments, s.result());
            }
            case Statement.CallById s -> {
                var called = deferral.twin(s.function(), reason);
                yield new Statement.CallById(s.span(), called.id(), with(s.span(), s.arguments(), called), s.result());
            }
            case Statement s -> s;
        };
    }

    private List<Expression> with(Span span, List<Expression> arguments, Deferral.DeferredFunction called) {
        var all = new ArrayList<>(arguments);
        called.values().forEach(value -> all.add(read(span, value)));
        return all;
    }

    private Expression read(Span span, ContextValue value) {
        return new Expression.ReadLocal(span, Objects.requireNonNull(values.get(value)));
    }
}
