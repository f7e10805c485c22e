package io.stapscope.compiler.analysis;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.UNRESOLVED_TYPE;

import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.probe.NoContext;
import io.stapscope.compiler.type.Type;

/**
 * Finds whether each variable, key and result is a number, a string or a statistic: rounds over the whole script until
 * nothing new is learnt, then one more that reports what does not fit.
 */
public final class TypeInference {
    private TypeInference() {}

    public static void run(Symbols symbols, Diagnostics diagnostics) {
        boolean earlierErrors = diagnostics.hasErrors();
        while (round(symbols, diagnostics, false)) {
            // Each round fixes at least one type for good, so this ends.
        }
        round(symbols, diagnostics, true);
        if (!earlierErrors && !diagnostics.hasErrors()) {
            unresolved(symbols, diagnostics);
        }
    }

    private static boolean round(Symbols symbols, Diagnostics diagnostics, boolean reporting) {
        var typing = new Typing(symbols, diagnostics, reporting);
        for (var function : symbols.functions()) {
            typing.chain(function);
        }
        for (var body : symbols.bodies()) {
            new StatementTypes(typing, body).visit(body.block());
        }
        for (var probe : symbols.probes()) {
            var conditions = new ExpressionTypes(typing, new Scope(), NoContext.INSTANCE);
            probe.conditions().forEach(condition -> conditions.value(condition, Type.LONG));
        }
        return typing.changed();
    }

    private static void unresolved(Symbols symbols, Diagnostics diagnostics) {
        if (!symbols.dropped().isEmpty()) {
            // What was left out might have shown it.
            return;
        }
        for (var global : symbols.globals()) {
            // The library has parts that a script does not use, and that would have shown it.
            if (global.isUsed()
                    && global.knownType() == null
                    && !symbols.isLibrary(global.span().source())) {
                report(global, diagnostics);
            }
        }
        for (var body : symbols.bodies()) {
            for (var local : body.scope().locals()) {
                if (local.knownType() == null && !local.isParameter()) {
                    report(local, diagnostics);
                }
            }
        }
    }

    private static void report(VariableSymbol variable, Diagnostics diagnostics) {
        diagnostics.report(
                UNRESOLVED_TYPE,
                variable.span(),
                "nothing shows whether `" + variable.name() + "` is a number or a string",
                "unknown type",
                "give it a value somewhere, as in " + variable.name() + " = 0");
    }
}
