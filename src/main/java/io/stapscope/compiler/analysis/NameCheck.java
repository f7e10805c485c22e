package io.stapscope.compiler.analysis;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.FUNCTION_NOT_SUPPORTED;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.READ_ONLY;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.UNKNOWN_FUNCTION;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.UNKNOWN_VARIABLE;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.WRONG_ARGUMENT_COUNT;

import io.stapscope.compiler.builtin.Builtin;
import io.stapscope.compiler.builtin.Builtins;
import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.diagnostic.Fix;
import io.stapscope.compiler.diagnostic.Spelling;
import io.stapscope.compiler.probe.NoContext;
import io.stapscope.compiler.probe.PointContext;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.AssignOperator;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.Name;
import io.stapscope.compiler.syntax.tree.StatementNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the locals of each body and the function behind each call; tells names that mean nothing. */
public final class NameCheck {
    private static final int MOST_POINTS = 6;

    private final Symbols symbols;
    private final Diagnostics diagnostics;

    private NameCheck(Symbols symbols, Diagnostics diagnostics) {
        this.symbols = symbols;
        this.diagnostics = diagnostics;
    }

    public static void run(Symbols symbols, Diagnostics diagnostics) {
        var pass = new NameCheck(symbols, diagnostics);
        var checks = new ArrayList<BodyCheck>();
        for (var body : symbols.bodies()) {
            var check = pass.new BodyCheck(body.scope(), body.context(), body.probe());
            check.walk(body.block());
            checks.add(check);
        }
        // Only now it is known what the others set.
        checks.forEach(BodyCheck::unset);
        for (var probe : symbols.probes()) {
            probe.conditions().forEach(pass.new BodyCheck(new Scope(), NoContext.INSTANCE, null)::read);
        }
    }

    /** The names of one handler or function. */
    private final class BodyCheck {
        private final Scope scope;
        private final PointContext context;
        private final Map<String, Span> firstReads = new LinkedHashMap<>();

        private final @Nullable ProbeSymbol probe;

        BodyCheck(Scope scope, PointContext context, @Nullable ProbeSymbol probe) {
            this.scope = scope;
            this.probe = probe;
            this.context = context;
        }

        void walk(StatementNode.Block block) {
            TreeWalk.statements(block, this::statement);
        }

        /** Tells what is read and set nowhere. */
        void unset() {
            for (var local : List.copyOf(scope.locals())) {
                var read = firstReads.get(local.name());
                if (read != null && !local.isWritten() && !diagnostics.isReported(UNKNOWN_VARIABLE, read)) {
                    unknownVariable(local.name(), read);
                }
            }
        }

        private void statement(StatementNode statement) {
            if (statement instanceof StatementNode.Foreach foreach) {
                foreach.keys().forEach(this::loopVariable);
                if (foreach.value() != null) {
                    loopVariable(foreach.value());
                }
            }
            if (statement instanceof StatementNode.Try(var unused, var body, var message, var handler)
                    && message != null) {
                use(message, true, true);
            }
            TreeWalk.operands(statement).forEach(this::read);
        }

        private void loopVariable(Name name) {
            // A loop variable nobody reads is no mistake: the keys cannot be left out.
            use(name, true, true);
        }

        void read(ExpressionNode expression) {
            switch (expression) {
                case ExpressionNode.Variable e -> use(e.word(), true, false);
                case ExpressionNode.Step e -> {
                    target(e.target(), true);
                    arrayKeys(e.target());
                }
                case ExpressionNode.Assign e -> {
                    target(e.target(), e.operator() != AssignOperator.SET);
                    arrayKeys(e.target());
                    read(e.value());
                }
                case ExpressionNode.Call e -> {
                    e.arguments().forEach(this::read);
                    call(e, scope);
                }
                case ExpressionNode.Extract e -> statistic(e.statistic());
                case ExpressionNode.Histogram e -> statistic(e.statistic());
                case ExpressionNode other -> TreeWalk.operands(other).forEach(this::read);
            }
        }

        /** A local in the place of a statistic has a message of its own, whether it is set or not. */
        private void statistic(ExpressionNode node) {
            target(node, true);
            arrayKeys(node);
        }

        private void arrayKeys(ExpressionNode target) {
            if (target instanceof ExpressionNode.Element element) {
                element.keys().forEach(this::read);
            }
        }

        private void target(ExpressionNode target, boolean alsoRead) {
            switch (target) {
                case ExpressionNode.Variable e -> use(e.word(), alsoRead, true);
                case ExpressionNode.TargetVariable e when context.isWritable(e.name()) -> {}
                case ExpressionNode.TargetVariable e ->
                    diagnostics.report(
                            READ_ONLY,
                            e.span(),
                            "`" + e.name() + "` cannot be written",
                            "read-only",
                            "context variables only show what the process does; keep the value in a variable of your own");
                case ExpressionNode.Access e -> readOnlyMemory(e.span());
                case ExpressionNode.Cast e -> readOnlyMemory(e.span());
                case ExpressionNode _ -> {}
            }
        }

        private void readOnlyMemory(Span span) {
            diagnostics.report(
                    READ_ONLY,
                    span,
                    "`" + span.text() + "` cannot be written",
                    "read-only",
                    "memory is only read; keep the value in a variable of your own");
        }

        private void use(Name name, boolean read, boolean write) {
            if (symbols.variable(scope, name) instanceof GlobalSymbol) {
                return;
            }
            var local = scope.find(name.text());
            if (local == null) {
                local = new LocalSymbol(name.text(), name.span(), false);
                scope.add(local);
                var preset = context.local(name.text());
                if (preset != null) {
                    local.presetTo(preset);
                }
            }
            if (read) {
                local.markRead();
                firstReads.putIfAbsent(name.text(), name.span());
            }
            if (write) {
                local.markWritten();
                local.markReassigned();
            }
        }

        /** Where another body of the script sets a local of this name; null when none does. */
        private @Nullable Span elsewhere(String name) {
            for (var body : symbols.bodies()) {
                var local = body.scope().find(name);
                if (body.scope() != scope
                        && local != null
                        && local.preset() == null
                        && local.isWritten()
                        && !local.isParameter()
                        && !symbols.isLibrary(local.span().source())) {
                    return local.span();
                }
            }
            return null;
        }

        /** The points of the same probe that give the body a variable of this name. */
        private List<String> offering(String name) {
            return symbols.probes().stream()
                    .filter(each -> probe != null && each != probe && each.declaration() == probe.declaration())
                    .filter(each -> each.context().local(name) != null)
                    .flatMap(each -> each.texts().stream())
                    .toList();
        }

        private void unknownVariable(String name, Span span) {
            var offering = offering(name);
            if (!offering.isEmpty() && probe != null) {
                var here = probe.texts().getFirst();
                diagnostics.report(
                        UNKNOWN_VARIABLE,
                        span,
                        "not every point of this probe gives `" + name + "`: `" + here + "` does not",
                        "not there at `" + here + "`",
                        "given by " + String.join(", ", offering.subList(0, Math.min(MOST_POINTS, offering.size())))
                                + (offering.size() > MOST_POINTS ? " and more" : ""),
                        "name the points that give it, or use what all of them give");
                return;
            }
            var diagnostic = Diagnostic.of(
                    UNKNOWN_VARIABLE, span, "`" + name + "` is read here and set nowhere", "never gets a value");
            if (Builtins.names().contains(name) || !symbols.functionsNamed(name).isEmpty()) {
                diagnostics.add(diagnostic
                        .withNote("`" + name + "` is a function: did you mean `" + name + "()`?")
                        .withFix(new Fix(span, name + "()", "call it: `" + name + "()`")));
                return;
            }
            var known = symbols.globalNames();
            scope.locals().stream().filter(LocalSymbol::isWritten).forEach(local -> known.add(local.name()));
            if (!known.isEmpty()) {
                diagnostic = diagnostic.withNote("available here: " + String.join(", ", known));
            }
            var nearest = Spelling.nearest(name, known);
            var elsewhere = elsewhere(name);
            if (elsewhere != null) {
                diagnostics.add(diagnostic
                        .withNote("line " + elsewhere.line() + " sets a variable of its own: to share it, declare it:"
                                + " global " + name)
                        .withFix(new Fix(
                                new Span(span.source(), 0, 0),
                                "global " + name + "\n",
                                "declare `global " + name + "`")));
                return;
            }
            diagnostics.add(
                    nearest == null
                            ? diagnostic.withNote("set it before, or declare it: global " + name)
                            : diagnostic.suggesting(span, nearest));
        }
    }

    private void call(ExpressionNode.Call call, Scope scope) {
        var name = call.function().text();
        int count = call.arguments().size();
        if (symbols.function(call) != null
                || Builtins.find(name, count) != null
                || diagnostics.isReported(UNKNOWN_FUNCTION, call.function().span())) {
            return;
        }
        var accepted = new TreeSet<Integer>();
        symbols.functionsNamed(name)
                .forEach(each -> accepted.add(each.declaration().parameters().size()));
        symbols.library()
                .functions(name)
                .forEach(each -> accepted.add(each.parameters().size()));
        Builtins.named(name).forEach(each -> accepted.add(each.parameters().size()));
        if (accepted.isEmpty()) {
            unknownFunction(call, scope);
            return;
        }
        var counts = new ArrayList<String>();
        accepted.forEach(each -> counts.add(String.valueOf(each)));
        var wanted = String.join(" or ", counts);
        diagnostics.report(
                WRONG_ARGUMENT_COUNT,
                call.span(),
                "`" + name + "` takes " + (wanted.equals("0") ? "no" : wanted)
                        + (wanted.equals("1") ? " value" : " values") + ", not " + count,
                count + " given",
                "it is " + String.join(" and ", signatures(name)));
    }

    private List<String> signatures(String name) {
        var signatures = new ArrayList<String>();
        for (var function : symbols.functionsNamed(name)) {
            var names = function.parameters().stream().map(LocalSymbol::name).toList();
            signatures.add(name + "(" + String.join(", ", names) + ")");
        }
        for (var function : symbols.library().functions(name)) {
            var names = function.parameters().stream()
                    .map(each -> each.name().text())
                    .toList();
            signatures.add(name + "(" + String.join(", ", names) + ")");
        }
        Builtins.named(name).stream().map(Builtin::signature).forEach(signatures::add);
        return signatures.stream().distinct().toList();
    }

    private void unknownFunction(ExpressionNode.Call call, Scope scope) {
        var name = call.function();
        var instead = Builtins.missing(name.text());
        if (instead != null) {
            diagnostics.report(
                    FUNCTION_NOT_SUPPORTED,
                    name.span(),
                    "the function `" + name.text() + "` is not supported yet",
                    "not supported",
                    instead);
            return;
        }
        var known = Builtins.names();
        known.addAll(symbols.functionNames());
        var nearest = Spelling.nearest(name.text(), known);
        var diagnostic = Diagnostic.of(
                UNKNOWN_FUNCTION, name.span(), "there is no function `" + name.text() + "`", "unknown function");
        if (symbols.variable(scope, name) != null) {
            diagnostics.add(diagnostic.withNote("`" + name.text() + "` is a variable: write it without parentheses"));
            return;
        }
        diagnostics.add(
                nearest == null
                        ? diagnostic.withNote("declare it: function " + name.text() + "(...) { ... }")
                        : diagnostic.suggesting(name.span(), nearest));
    }
}
