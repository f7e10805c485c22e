package io.stapscope.compiler.service;

import io.stapscope.compiler.analysis.ArrayCheck;
import io.stapscope.compiler.analysis.CTypeInference;
import io.stapscope.compiler.analysis.Declarations;
import io.stapscope.compiler.analysis.GlobalSymbol;
import io.stapscope.compiler.analysis.NameCheck;
import io.stapscope.compiler.analysis.ProbeSymbol;
import io.stapscope.compiler.analysis.Scope;
import io.stapscope.compiler.analysis.Symbols;
import io.stapscope.compiler.analysis.TypeInference;
import io.stapscope.compiler.analysis.VariableSymbol;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.elaboration.Elaboration;
import io.stapscope.compiler.library.Library;
import io.stapscope.compiler.service.CursorPlace.Enclosing;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.Machine;
import io.stapscope.compiler.syntax.ParseOptions;
import io.stapscope.compiler.syntax.Parser;
import io.stapscope.compiler.syntax.tree.DeclarationNode;
import io.stapscope.compiler.syntax.tree.Name;
import io.stapscope.host.Host;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the compiler understands of a script, however little that is. */
record ScriptModel(SourceText source, Symbols symbols) {
    /** The passes of the compiler up to the types; what they complain about is of no interest here. */
    static ScriptModel of(String text, Host host) {
        var source = new SourceText("<input>", text);
        var ignored = new Diagnostics();
        var library = Library.builtIn();
        var script = Parser.parse(source, library.reading(List.of(), host), ignored);
        var symbols = Declarations.run(script, Elaboration.run(script, library, host, true, ignored), library, ignored);
        NameCheck.run(symbols, ignored);
        ArrayCheck.run(symbols, ignored);
        CTypeInference.run(symbols, host);
        TypeInference.run(symbols, ignored);
        return new ScriptModel(source, symbols);
    }

    /** The probe aliases that a text declares. */
    static List<DeclarationNode.Alias> aliases(String text) {
        return Parser.parse(
                        new SourceText("<input>", text), ParseOptions.of(List.of(), Machine.UNKNOWN), new Diagnostics())
                .declarations()
                .stream()
                .filter(DeclarationNode.Alias.class::isInstance)
                .map(DeclarationNode.Alias.class::cast)
                .toList();
    }

    /** The scope of a declaration; null when the reader had to drop the declaration. */
    @Nullable
    Scope scope(Enclosing enclosing) {
        for (var function : symbols.functions()) {
            if (isOwn(function.declaration().span())
                    && isAt(function.declaration().span(), enclosing.start())) {
                return function.scope();
            }
        }
        var probes = probes(enclosing);
        return probes.isEmpty() ? null : probes.getFirst().scope();
    }

    /** What became of the probe that is written there: one body for each way in which aliases lead to its points. */
    List<ProbeSymbol> probes(Enclosing enclosing) {
        return symbols.probes().stream()
                .filter(probe -> isOwn(probe.declaration().span())
                        && isAt(probe.declaration().span(), enclosing.start()))
                .toList();
    }

    /** The global of the script of this name. */
    @Nullable
    GlobalSymbol global(String name) {
        for (var global : symbols.globals()) {
            if (global.name().equals(name) && global.span().source().equals(source)) {
                return global;
            }
        }
        return null;
    }

    /** What a word of the script means in a declaration. */
    @Nullable
    VariableSymbol variable(WordAt word, Enclosing enclosing) {
        var scope = scope(enclosing);
        var name = new Name(new Span(source, word.start(), word.end()), word.word());
        return scope == null ? global(word.word()) : symbols.variable(scope, name);
    }

    private boolean isOwn(Span span) {
        return span.source().equals(source);
    }

    private static boolean isAt(Span span, int offset) {
        return span.start() <= offset && offset < span.end();
    }
}
