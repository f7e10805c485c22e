package io.stapscope.compiler.service;

import io.stapscope.compiler.analysis.ArrayCheck;
import io.stapscope.compiler.analysis.Declarations;
import io.stapscope.compiler.analysis.NameCheck;
import io.stapscope.compiler.analysis.ProbeResolution;
import io.stapscope.compiler.analysis.ProbeSymbol;
import io.stapscope.compiler.analysis.Scope;
import io.stapscope.compiler.analysis.Symbols;
import io.stapscope.compiler.analysis.TypeInference;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.service.CursorPlace.Enclosing;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.Parser;
import io.stapscope.host.Host;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the compiler understands of a script, however little that is. */
record ScriptModel(SourceText source, Symbols symbols) {
    /** The passes of the compiler up to the types; what they complain about is of no interest here. */
    static ScriptModel of(String text, Host host) {
        var source = new SourceText("<input>", text);
        var ignored = new Diagnostics();
        var script = Parser.parse(source, List.of(), ignored);
        var symbols = Declarations.run(script, ignored);
        ProbeResolution.run(script, symbols, host, true, ignored);
        NameCheck.run(symbols, ignored);
        ArrayCheck.run(symbols, ignored);
        TypeInference.run(symbols, ignored);
        return new ScriptModel(source, symbols);
    }

    /** The scope of a declaration; null when the reader had to drop the declaration. */
    @Nullable
    Scope scope(Enclosing enclosing) {
        for (var function : symbols.functions()) {
            if (isAt(function.declaration().span(), enclosing.start())) {
                return function.scope();
            }
        }
        var probe = probe(enclosing);
        return probe == null ? null : probe.scope();
    }

    @Nullable
    ProbeSymbol probe(Enclosing enclosing) {
        for (var probe : symbols.probes()) {
            if (isAt(probe.declaration().span(), enclosing.start())) {
                return probe;
            }
        }
        return null;
    }

    private static boolean isAt(Span span, int offset) {
        return span.start() <= offset && offset < span.end();
    }
}
