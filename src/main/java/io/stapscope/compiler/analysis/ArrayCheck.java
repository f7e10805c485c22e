package io.stapscope.compiler.analysis;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.ARRAY_NEEDS_INDEX;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.NOT_AN_ARRAY;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.TOO_MANY_KEYS;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.UNKNOWN_ARRAY;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.WRONG_KEY_COUNT;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.DiagnosticCode;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.diagnostic.Fix;
import io.stapscope.compiler.diagnostic.Spelling;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.Name;
import io.stapscope.compiler.syntax.tree.StatementNode;
import java.util.function.Consumer;

/** Finds how many keys each global takes, from its first use with an index, and holds every other use to it. */
public final class ArrayCheck {
    private static final int MOST_KEYS = 9;

    private final Symbols symbols;
    private final Diagnostics diagnostics;

    private ArrayCheck(Symbols symbols, Diagnostics diagnostics) {
        this.symbols = symbols;
        this.diagnostics = diagnostics;
    }

    /**
     * One place where a variable is used.
     *
     * @param keys how many keys are given; 0 for none, -1 where both an array and a scalar may stand ({@code delete x})
     * @param created whether a name that is not a global is a mistake here, because only arrays may stand
     */
    private record Use(Name word, Span span, int keys, boolean created) {
        String name() {
            return word.text();
        }
    }

    public static void run(Symbols symbols, Diagnostics diagnostics) {
        var pass = new ArrayCheck(symbols, diagnostics);
        pass.uses(pass::settle);
        pass.uses(pass::check);
        for (var global : symbols.globals()) {
            var declaration = global.declaration();
            if (global.isUsed() && global.arity() > 0 && declaration.initial() != null) {
                pass.diagnostics.report(
                        NOT_AN_ARRAY,
                        global.span(),
                        "`" + global.name() + "` is used as an array, and arrays cannot have a starting value",
                        "has a starting value",
                        "set the elements in probe begin");
            }
        }
    }

    private void uses(Consumer<UseIn> visit) {
        for (var body : symbols.bodies()) {
            TreeWalk.statements(body.block(), statement -> {
                statement(statement, body.scope(), visit);
                for (var operand : TreeWalk.operands(statement)) {
                    TreeWalk.expressions(operand, expression -> expression(expression, body.scope(), visit));
                }
            });
        }
        for (var probe : symbols.probes()) {
            for (var condition : probe.conditions()) {
                TreeWalk.expressions(condition, expression -> expression(expression, new Scope(), visit));
            }
        }
    }

    private record UseIn(Use use, Scope scope) {}

    private static void statement(StatementNode statement, Scope scope, Consumer<UseIn> visit) {
        switch (statement) {
            case StatementNode.Foreach s -> {
                s.keys().forEach(key -> visit.accept(new UseIn(new Use(key, key.span(), 0, false), scope)));
                if (s.value() != null) {
                    visit.accept(new UseIn(new Use(s.value(), s.value().span(), 0, false), scope));
                }
                if (s.source() instanceof StatementNode.ForeachSource.Array(var name)) {
                    visit.accept(new UseIn(new Use(name, name.span(), s.keys().size(), true), scope));
                    if (!s.slice().isEmpty() && s.slice().size() != s.keys().size()) {
                        visit.accept(
                                new UseIn(new Use(name, name.span(), s.slice().size(), true), scope));
                    }
                }
            }
            case StatementNode.Delete s -> {
                int keys = s.keys().isEmpty() ? -1 : s.keys().size();
                visit.accept(new UseIn(new Use(s.name(), s.name().span(), keys, true), scope));
            }
            case StatementNode _ -> {}
        }
    }

    private static void expression(ExpressionNode expression, Scope scope, Consumer<UseIn> visit) {
        switch (expression) {
            case ExpressionNode.Element e ->
                visit.accept(new UseIn(new Use(e.array(), e.span(), e.keys().size(), true), scope));
            case ExpressionNode.Contains e ->
                visit.accept(
                        new UseIn(new Use(e.array(), e.array().span(), e.keys().size(), true), scope));
            case ExpressionNode.Variable e -> visit.accept(new UseIn(new Use(e.word(), e.span(), 0, false), scope));
            case ExpressionNode _ -> {}
        }
    }

    private void settle(UseIn found) {
        var global = symbols.global(found.scope(), found.use().word());
        if (global != null) {
            global.markUsed();
            if (global.arity() == 0 && found.use().keys() > 0 && found.use().keys() <= MOST_KEYS) {
                global.setArity(found.use().keys(), found.use().span());
            }
        }
    }

    private void check(UseIn found) {
        var use = found.use();
        if (use.keys() > MOST_KEYS) {
            diagnostics.report(
                    TOO_MANY_KEYS,
                    use.span(),
                    "an array takes at most " + MOST_KEYS + " keys, not " + use.keys(),
                    use.keys() + " keys",
                    "join some of them into one string with sprintf");
            return;
        }
        var global = symbols.global(found.scope(), use.word());
        if (global == null) {
            if (use.created()) {
                unknownArray(use, found.scope());
            }
            return;
        }
        if (use.keys() < 0 || use.keys() == global.arity()) {
            return;
        }
        if (use.keys() == 0) {
            report(
                    global,
                    ARRAY_NEEDS_INDEX,
                    use.span(),
                    "`" + use.name() + "` is an array and needs an index",
                    "no index",
                    "write " + use.name() + "[" + (global.arity() == 1 ? "key" : "key, ... ")
                            + "], or go through it with foreach");
        } else {
            report(
                    global,
                    WRONG_KEY_COUNT,
                    use.span(),
                    "`" + use.name() + "` takes " + keys(global.arity()) + ", not " + use.keys(),
                    keys(use.keys()),
                    "every use of an array has the same number of keys");
        }
    }

    /** Reports with the place that made an array of the global, when that is another line. */
    private void report(
            GlobalSymbol global, DiagnosticCode code, Span span, String message, String label, String note) {
        var diagnostic = Diagnostic.of(code, span, message, label);
        var by = global.indexedBy();
        if (by != null && by.line() != span.line()) {
            diagnostic = diagnostic.withNote(
                    "line " + by.line() + " uses it with " + keys(global.arity()) + ": " + Typing.quote(by));
        }
        diagnostics.add(diagnostic.withNote(note));
    }

    private static String keys(int count) {
        return count == 1 ? "1 key" : count + " keys";
    }

    private void unknownArray(Use use, Scope scope) {
        var known = symbols.globalNames();
        var nearest = Spelling.nearest(use.name(), known);
        boolean local = scope.find(use.name()) != null;
        var span = use.span().text().startsWith(use.name())
                ? new Span(
                        use.span().source(),
                        use.span().start(),
                        use.span().start() + use.name().length())
                : use.span();
        var diagnostic = Diagnostic.of(
                UNKNOWN_ARRAY,
                span,
                local
                        ? "`" + use.name() + "` is a local variable, and only globals can be arrays or be deleted"
                        : "there is no global `" + use.name() + "`",
                local ? "a local" : "unknown");
        if (nearest != null) {
            diagnostics.add(diagnostic.suggesting(span, nearest));
            return;
        }
        var start = new Span(span.source(), 0, 0);
        diagnostics.add(diagnostic
                .withNote("declare it at the top of the script: global " + use.name())
                .withFix(new Fix(start, "global " + use.name() + "\n", "declare `global " + use.name() + "`")));
    }
}
