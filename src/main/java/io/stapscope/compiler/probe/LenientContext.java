package io.stapscope.compiler.probe;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.type.Type;
import io.stapscope.host.program.Program;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The same point with {@code --skip-badvars}: a variable that it does not offer is 0, or empty where it would be a text. */
public record LenientContext(PointContext point) implements PointContext {
    @Override
    public List<ContextVariable> variables() {
        return point.variables();
    }

    @Override
    public List<ContextVariable> locals() {
        return point.locals();
    }

    @Override
    public @Nullable PointContext entry() {
        var entry = point.entry();
        return entry == null ? null : new LenientContext(entry);
    }

    @Override
    public boolean hasUserMemory() {
        return point.hasUserMemory();
    }

    @Override
    public @Nullable Program program() {
        return point.program();
    }

    @Override
    public boolean keepsEntry() {
        return point.keepsEntry();
    }

    @Override
    public @Nullable ContextVariable guard() {
        return point.guard();
    }

    @Override
    public @Nullable ContextVariable global(String name) {
        return point.global(name);
    }

    @Override
    public List<Listed> listed(String list) {
        return point.listed(list);
    }

    @Override
    public @Nullable Diagnostic remark(String name, Span span) {
        return point.remark(name, span);
    }

    @Override
    public Diagnostic missing(String name, Span span) {
        return point.missing(name, span);
    }

    @Override
    public ContextVariable variable(String name) {
        var found = point.variable(name);
        if (found != null) {
            return found;
        }
        return name.startsWith("$$")
                ? new ContextVariable(name, Type.STRING, "not there", span -> new Expression.StringLiteral(span, ""))
                : new ContextVariable(name, Type.LONG, "not there", span -> new Expression.LongLiteral(span, 0));
    }
}
