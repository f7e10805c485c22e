package io.stapscope.compiler.lowering;

import io.stapscope.compiler.analysis.FunctionSymbol;
import io.stapscope.compiler.analysis.LocalSymbol;
import io.stapscope.compiler.analysis.Scope;
import io.stapscope.compiler.analysis.Site;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.IrPrinter;
import io.stapscope.compiler.ir.Local;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.probe.PointContext;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.type.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is under way in one handler or function: its locals, its entries, and the statements emitted so far. */
final class BodyLowering {
    private final Lowering program;
    private final Scope scope;
    private final @Nullable FunctionSymbol function;
    private final List<Expression> originals = new ArrayList<>();
    private final PointContext context;
    private final List<Local> locals = new ArrayList<>();
    private final Map<String, Local> named = new HashMap<>();
    private final Set<Local> temporaries = new HashSet<>();
    private final List<Expression> entries = new ArrayList<>();
    private final Map<String, Integer> entrySlots = new HashMap<>();
    private final ExpressionLowering expressions;
    private final StatementLowering statements;
    private List<Statement> out = new ArrayList<>();
    private @Nullable Expression probeText;
    private @Nullable ProbePoint point;
    private boolean atEntry;
    private @Nullable String probeName;

    BodyLowering(Lowering program, Scope scope, PointContext context, @Nullable FunctionSymbol function) {
        this.program = program;
        this.scope = scope;
        this.function = function;
        this.context = context;
        this.expressions = new ExpressionLowering(this);
        this.statements = new StatementLowering(this);
        if (function == null) {
            declareLocals();
        } else {
            function.parameters().forEach(this::declare);
        }
    }

    Lowering program() {
        return program;
    }

    Scope scope() {
        return scope;
    }

    PointContext context() {
        return context;
    }

    Site site() {
        return new Site(program.symbols().cTypes(), scope, context);
    }

    /** The function that is lowered; null in a handler. */
    @Nullable
    FunctionSymbol function() {
        return function;
    }

    /** The values that the function was called with, for the next one of its name. */
    List<Expression> originals() {
        return originals;
    }

    /** Keeps the values of the parameters that the function changes. */
    void keepOriginals(FunctionSymbol symbol) {
        for (var parameter : symbol.parameters()) {
            var local = local(parameter.name());
            var read = new Expression.ReadLocal(parameter.span(), local);
            if (parameter.isReassigned()) {
                var kept = temporary(local.type(), local.name());
                emit(new Statement.SetLocal(parameter.span(), kept, read));
                originals.add(new Expression.ReadLocal(parameter.span(), kept));
            } else {
                originals.add(read);
            }
        }
    }

    ExpressionLowering expressions() {
        return expressions;
    }

    StatementLowering statements() {
        return statements;
    }

    List<Local> locals() {
        return locals;
    }

    List<Expression> entries() {
        return entries;
    }

    /** The text that {@code pp()} gives here. */
    Expression probeText() {
        return Objects.requireNonNull(probeText);
    }

    /** The probe point as the script names it; null in a function. */
    @Nullable
    String probeName() {
        return probeName;
    }

    void setProbeName(String name) {
        probeName = name;
    }

    void setProbeText(Expression text) {
        probeText = text;
    }

    /** The handler's point; null in a function. */
    @Nullable
    ProbePoint point() {
        return point;
    }

    void setPoint(@Nullable ProbePoint probed) {
        point = probed;
    }

    /** What is lowered is computed where a call is entered: it has no statements before. */
    void setAtEntry() {
        atEntry = true;
    }

    /** Declares all locals of the scope that are not parameters. */
    void declareLocals() {
        scope.locals().stream().filter(local -> !local.isParameter()).forEach(this::declare);
    }

    /** Gives the locals that the probe point offers their values. */
    void emitPresets() {
        for (var symbol : scope.locals()) {
            var preset = symbol.preset();
            if (preset != null) {
                emit(new Statement.SetLocal(symbol.span(), local(symbol.name()), preset.read(symbol.span())));
            }
        }
    }

    private void declare(LocalSymbol symbol) {
        var local = new Local(locals.size(), symbol.name(), symbol.type(), program.width(symbol.type()));
        locals.add(local);
        named.put(symbol.name(), local);
    }

    Local local(String name) {
        return Objects.requireNonNull(named.get(name));
    }

    /** A new local that is set before it is read and never set again afterwards. */
    Local temporary(Type type, String name) {
        var unique = name + "'" + (temporaries.size() + 1);
        var local = new Local(locals.size(), unique, type, program.width(type));
        locals.add(local);
        temporaries.add(local);
        return local;
    }

    /** A new local that is set again and again. */
    Local counter(String name) {
        var local = new Local(locals.size(), name + "#" + locals.size(), Type.LONG, program.width(Type.LONG));
        locals.add(local);
        return local;
    }

    boolean isTemporary(Local local) {
        return temporaries.contains(local);
    }

    void emit(Statement statement) {
        out.add(statement);
    }

    /** How many statements stand in the current list: a mark for {@link #insert}. */
    int mark() {
        return out.size();
    }

    void insert(int mark, Statement statement) {
        out.add(mark, statement);
    }

    /** Sets a new temporary and gives its value. */
    Expression pin(Expression value) {
        if (atEntry) {
            return value;
        }
        var local = temporary(value.type(), "t");
        emit(new Statement.SetLocal(value.span(), local, value));
        return new Expression.ReadLocal(value.span(), local);
    }

    /** Collects what an action emits in a list of its own. */
    Statement.Block collect(Span span, Runnable action) {
        var outer = out;
        out = new ArrayList<>();
        action.run();
        var block = new Statement.Block(span, out);
        out = outer;
        return block;
    }

    /** The value of an entry, computed once for all places that ask for the same. */
    Expression entry(Span span, Expression value) {
        int slot = entrySlots.computeIfAbsent(IrPrinter.print(value), _ -> {
            entries.add(value);
            return entries.size() - 1;
        });
        return new Expression.Entry(span, slot, value.type());
    }
}
