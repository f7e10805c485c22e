package io.stapscope.compiler.analysis;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.BAD_ENTRY;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.NOT_AVAILABLE_HERE;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.OPERATION_NOT_SUPPORTED;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.UNKNOWN_CONTEXT_VARIABLE;

import io.stapscope.compiler.builtin.Builtin;
import io.stapscope.compiler.builtin.Builtins;
import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.probe.NoContext;
import io.stapscope.compiler.probe.PointContext;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.StatementNode;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds context variables, {@code @entry} and reads of user memory to the probe points that offer them. */
public final class ContextCheck {
    private final Symbols symbols;
    private final Diagnostics diagnostics;
    private final Set<FunctionSymbol> userMemory = new HashSet<>();
    private final MemoryCheck memory;

    private ContextCheck(Symbols symbols, Diagnostics diagnostics) {
        this.symbols = symbols;
        this.diagnostics = diagnostics;
        this.memory = new MemoryCheck(diagnostics);
    }

    public static void run(Symbols symbols, Diagnostics diagnostics) {
        var pass = new ContextCheck(symbols, diagnostics);
        pass.collectUserMemory();
        for (var function : symbols.functions()) {
            pass.new Place(function.scope(), NoContext.INSTANCE, null, true)
                    .statement(function.declaration().body());
        }
        for (var probe : symbols.probes()) {
            // Without a point nobody knows what is offered.
            if (!probe.points().isEmpty()) {
                pass.new Place(probe.scope(), probe.context(), pass.oneOfMany(probe), false).statement(probe.body());
            }
        }
    }

    /** A point of the symbol, when the same probe has points that offer something else. */
    private @Nullable String oneOfMany(ProbeSymbol probe) {
        return symbols.probes().stream().anyMatch(each -> each != probe && each.declaration() == probe.declaration())
                ? probe.texts().getFirst()
                : null;
    }

    /** The functions that read user memory, themselves or by a function they call. */
    private void collectUserMemory() {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (var function : symbols.functions()) {
                var found = new boolean[1];
                TreeWalk.expressions(function.declaration().body(), part -> found[0] |= readsUserMemory(part));
                changed |= found[0] && userMemory.add(function);
            }
        }
    }

    private boolean readsUserMemory(ExpressionNode node) {
        if (!(node instanceof ExpressionNode.Call call)) {
            return false;
        }
        int count = call.arguments().size();
        var function = symbols.function(call);
        if (function != null) {
            return userMemory.contains(function) || function.next() != null && userMemory.contains(function.next());
        }
        return Builtins.find(call.function().text(), count) instanceof Builtin.Value value && value.readsUserMemory();
    }

    /** One kind of place a body runs at. */
    private final class Place {
        private final PointContext context;
        private final Site site;
        private final @Nullable String point;
        private final boolean inFunction;

        /** @param point the probe point, where the probe has others that offer something else; else null */
        Place(Scope scope, PointContext context, @Nullable String point, boolean inFunction) {
            this.context = context;
            this.site = new Site(symbols.cTypes(), scope, context);
            this.point = point;
            this.inFunction = inFunction;
        }

        void statement(StatementNode statement) {
            if (statement instanceof StatementNode.If branch
                    && site.decide(branch.condition()) instanceof Boolean taken) {
                if (taken) {
                    statement(branch.then());
                } else if (branch.otherwise() != null) {
                    statement(branch.otherwise());
                }
                return;
            }
            TreeWalk.operands(statement).forEach(this::expression);
            TreeWalk.parts(statement).forEach(this::statement);
        }

        private void expression(ExpressionNode node) {
            switch (node) {
                case ExpressionNode.Defined _ -> {}
                case ExpressionNode.Conditional e
                when site.decide(e.condition()) instanceof Boolean taken ->
                    expression(taken ? e.then() : e.otherwise());
                case ExpressionNode.TargetVariable e -> {
                    variable(e);
                    whole(e);
                }
                case ExpressionNode.GlobalVariable e -> {
                    memory.check(site, e);
                    whole(e);
                }
                case ExpressionNode.Entry e -> entry(e);
                case ExpressionNode.Access _,
                        ExpressionNode.AddressOf _,
                        ExpressionNode.Cast _,
                        ExpressionNode.AtOperation _ -> {
                    if (memory.check(site, node)) {
                        // A whole struct is no value, but it has an address.
                        var whole = node instanceof ExpressionNode.AddressOf address
                                        && address.operand() instanceof ExpressionNode.Access
                                ? address.operand()
                                : node;
                        TreeWalk.operands(whole).forEach(this::part);
                    }
                }
                case ExpressionNode e -> {
                    if (readsUserMemory(e) && !inFunction && !context.hasUserMemory()) {
                        diagnostics.report(
                                NOT_AVAILABLE_HERE,
                                e.span(),
                                "there is no user memory to read at this probe point",
                                "nothing to read",
                                "user_string() is for .syscall and .syscall.return of a process");
                    }
                    needsVariable(e);
                    TreeWalk.operands(e).forEach(this::expression);
                }
            }
        }

        /** What is followed need not be a value. */
        private void part(ExpressionNode node) {
            switch (node) {
                case ExpressionNode.TargetVariable e -> variable(e);
                case ExpressionNode.GlobalVariable e -> memory.check(site, e);
                case ExpressionNode e -> expression(e);
            }
        }

        private void whole(ExpressionNode node) {
            var variable = inFunction ? null : site.types().offered(node, context);
            if (variable != null) {
                memory.value(node, variable);
            }
        }

        /** Some functions are of a variable that not every point offers. */
        private void needsVariable(ExpressionNode node) {
            if (node instanceof ExpressionNode.Call call && symbols.function(call) == null) {
                switch (Builtins.find(call.function().text(), call.arguments().size())) {
                    case Builtin.OfVariable builtin -> offered(call, builtin.variable(), "use it at a .return");
                    case Builtin.OfArguments _ ->
                        offered(call, Builtin.OfArguments.FIRST, "use it where a system call is entered");
                    case null -> {}
                    case Builtin _ -> {}
                }
            }
        }

        private void offered(ExpressionNode.Call call, String variable, String where) {
            if (inFunction || context.variable(variable) == null) {
                diagnostics.report(
                        NOT_AVAILABLE_HERE,
                        call.span(),
                        "`" + call.function().text() + "` needs a probe point that offers `" + variable + "`",
                        "nothing to read",
                        inFunction ? "call it in the probe and give the value to the function as a parameter" : where);
            }
        }

        private void variable(ExpressionNode.TargetVariable e) {
            if (inFunction) {
                diagnostics.report(
                        UNKNOWN_CONTEXT_VARIABLE,
                        e.span(),
                        "`" + e.name() + "` is not available in a function",
                        "only in probes",
                        "give it to the function as a parameter");
            } else if (context.remark(e.name(), e.span()) instanceof Diagnostic remark) {
                diagnostics.add(remark);
            } else if (context.variable(e.name()) == null) {
                var reason = context.missing(e.name(), e.span());
                diagnostics.add(
                        point == null
                                ? reason
                                : reason.withNote("that is so at `" + point
                                        + "`; where points differ, ask: if (@defined(" + e.name() + ")) ..."));
            }
        }

        private void entry(ExpressionNode.Entry e) {
            var atEntry = context.entry();
            if (atEntry == null) {
                diagnostics.report(
                        BAD_ENTRY,
                        e.span(),
                        "@entry looks back from a return to the entry, and this is not a .return probe",
                        "not a return",
                        inFunction
                                ? "write it in the probe and give the value as a parameter"
                                : "write the value itself: "
                                        + e.operand().span().text());
                return;
            }
            var place = new Place(site.scope(), atEntry, point, false);
            TreeWalk.expressions(e.operand(), this::entryPart);
            place.expression(e.operand());
        }

        private void entryPart(ExpressionNode part) {
            switch (part) {
                case ExpressionNode.NumberLiteral _,
                        ExpressionNode.StringLiteral _,
                        ExpressionNode.TargetVariable _,
                        ExpressionNode.GlobalVariable _,
                        ExpressionNode.Defined _,
                        ExpressionNode.Unary _,
                        ExpressionNode.Binary _,
                        ExpressionNode.Access _,
                        ExpressionNode.AddressOf _,
                        ExpressionNode.Cast _,
                        ExpressionNode.AtOperation _,
                        ExpressionNode.Conditional _ -> {}
                case ExpressionNode.Print e -> {
                    if (!e.function().isString()) {
                        badEntry(e.span(), "@entry takes a value, not an effect", "print it after the return");
                    }
                }
                case ExpressionNode.Call e -> {
                    var builtin =
                            Builtins.find(e.function().text(), e.arguments().size());
                    if (!(builtin instanceof Builtin.Value || builtin instanceof Builtin.OfArguments)) {
                        badEntry(
                                e.span(),
                                "@entry takes a value of the hit, not a function of the script",
                                "write what the function computes inside of @entry(...)");
                    }
                }
                case ExpressionNode.Assign _, ExpressionNode.Step _ ->
                    badEntry(part.span(), "@entry takes a value, not an effect", "assign after the return");
                case ExpressionNode.Entry _ ->
                    badEntry(part.span(), "an @entry cannot stand in an @entry", "leave the inner one out");
                case ExpressionNode.Variable e ->
                    badEntry(
                            e.span(),
                            "@entry is computed when the call is entered, where `" + e.name() + "` has no value",
                            "use context variables such as $arg1, or functions such as gettimeofday_us()");
                case ExpressionNode _ ->
                    diagnostics.report(
                            OPERATION_NOT_SUPPORTED,
                            part.span(),
                            "this is not supported in @entry yet",
                            "not supported",
                            "use context variables such as $arg1, or functions such as gettimeofday_us()");
            }
        }

        private void badEntry(Span span, String message, String note) {
            diagnostics.report(BAD_ENTRY, span, message, "not at entry", note);
        }
    }
}
