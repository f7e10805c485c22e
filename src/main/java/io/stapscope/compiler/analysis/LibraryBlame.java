package io.stapscope.compiler.analysis;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is wrong inside the library is told where the script uses it: nothing else is the user's to change. */
public final class LibraryBlame {
    private final Symbols symbols;
    /** Where the script itself, directly or not, calls each function of the library. */
    private final Map<FunctionSymbol, Span> calls = new HashMap<>();

    private LibraryBlame(Symbols symbols) {
        this.symbols = symbols;
        for (var body : symbols.bodies()) {
            if (body.function() == null
                    || !symbols.isLibrary(body.block().span().source())) {
                var place = body.probe() == null || body.probe().points().isEmpty()
                        ? body.block().span()
                        : body.probe().points().getFirst().span();
                TreeWalk.expressions(body.block(), part -> {
                    if (part instanceof ExpressionNode.Call call) {
                        reach(call, symbols.isLibrary(call.span().source()) ? place : call.span());
                    }
                });
            }
        }
    }

    private void reach(ExpressionNode.Call call, Span place) {
        for (var function = symbols.function(call); function != null; function = function.next()) {
            if (symbols.isLibrary(function.declaration().span().source())
                    && calls.putIfAbsent(function, place) == null) {
                TreeWalk.expressions(function.declaration().body(), part -> {
                    if (part instanceof ExpressionNode.Call inner) {
                        reach(inner, place);
                    }
                });
            }
        }
    }

    public static void run(Symbols symbols, Diagnostics diagnostics) {
        var blame = new LibraryBlame[1];
        diagnostics.replaceAll(diagnostic -> {
            if (!symbols.isLibrary(diagnostic.span().source())) {
                return diagnostic;
            }
            if (blame[0] == null) {
                blame[0] = new LibraryBlame(symbols);
            }
            return blame[0].moved(diagnostic);
        });
    }

    private Diagnostic moved(Diagnostic diagnostic) {
        var place = place(diagnostic.span());
        if (place == null) {
            return diagnostic;
        }
        return new Diagnostic(
                        diagnostic.code(),
                        diagnostic.severity(),
                        place,
                        diagnostic.message(),
                        "by what the library does here",
                        diagnostic.notes(),
                        null)
                .withNote("it stands in the library: " + diagnostic.span() + ": " + Typing.quote(diagnostic.span()));
    }

    private @Nullable Span place(Span where) {
        for (var call : calls.entrySet()) {
            if (isInside(where, call.getKey().declaration().span())) {
                return call.getValue();
            }
        }
        for (var probe : symbols.probes()) {
            for (var alias : probe.composition().aliases()) {
                if (isInside(where, alias.span()) && !probe.points().isEmpty()) {
                    return probe.points().getFirst().span();
                }
            }
        }
        return null;
    }

    private static boolean isInside(Span part, Span whole) {
        return part.source().equals(whole.source()) && whole.start() <= part.start() && part.end() <= whole.end();
    }
}
