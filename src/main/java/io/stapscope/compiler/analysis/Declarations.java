package io.stapscope.compiler.analysis;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.ARRAY_SIZE;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.DUPLICATE_NAME;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.RESERVED_NAME;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.TOO_MANY_CONTEXTS;

import io.stapscope.compiler.analysis.ProbeSymbol.ResolvedPoint;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.elaboration.Composition;
import io.stapscope.compiler.elaboration.DerivedProbe;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.library.Library;
import io.stapscope.compiler.probe.NoContext;
import io.stapscope.compiler.probe.PointContext;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.DeclarationNode;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.Name;
import io.stapscope.compiler.syntax.tree.PrintFunction;
import io.stapscope.compiler.syntax.tree.Script;
import io.stapscope.compiler.syntax.tree.TypeName;
import io.stapscope.compiler.type.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects the globals, functions and probes of a script. */
public final class Declarations {
    /** Kinds of places that one handler is made for. */
    private static final int MOST_CONTEXTS = 8192;

    private static final long MOST_ELEMENTS = 1 << 24;

    private final Symbols symbols;
    private final Diagnostics diagnostics;

    private Declarations(Library library, Diagnostics diagnostics) {
        this.symbols = new Symbols(library);
        this.diagnostics = diagnostics;
    }

    /** @param probes in the order of the script */
    public static Symbols run(Script script, List<DerivedProbe> probes, Library library, Diagnostics diagnostics) {
        var pass = new Declarations(library, diagnostics);
        script.declarations().forEach(pass::declare);
        pass.probes(script, probes);
        LibraryReach.run(pass.symbols, pass::declare);
        PointMerging.run(pass.symbols);
        return pass.symbols;
    }

    /** Points with the same body and the same offer to it share a symbol. */
    private void probes(Script script, List<DerivedProbe> derived) {
        var of = new IdentityHashMap<DeclarationNode.Probe, List<DerivedProbe>>();
        derived.forEach(each -> of.computeIfAbsent(each.composition().probe(), _ -> new ArrayList<>())
                .add(each));
        for (var declaration : script.declarations()) {
            if (!(declaration instanceof DeclarationNode.Probe probe)) {
                continue;
            }
            var mentioned = new IdentityHashMap<Composition, Set<String>>();
            var known = new IdentityHashMap<Composition, Map<Offer, ProbeSymbol>>();
            for (var each : of.getOrDefault(probe, List.of())) {
                var names = mentioned.computeIfAbsent(each.composition(), Offer::mentioned);
                var alike = known.computeIfAbsent(each.composition(), _ -> new HashMap<>());
                var offer = Offer.of(each.context(), names);
                if (each.point() instanceof ProbePoint.Code
                        && alike.size() >= MOST_CONTEXTS
                        && !alike.containsKey(offer)) {
                    tooManyContexts(each, of.getOrDefault(probe, List.of()).size());
                    break;
                }
                alike.computeIfAbsent(offer, _ -> probe(each.composition(), each.context()))
                        .points()
                        .add(new ResolvedPoint(each.point(), each.place(), each.condition()));
            }
            if (known.isEmpty()) {
                probe(Composition.of(probe), NoContext.INSTANCE);
            }
        }
    }

    private void tooManyContexts(DerivedProbe probe, int places) {
        diagnostics.report(
                TOO_MANY_CONTEXTS,
                probe.place(),
                "the variables of this handler are different at more than " + MOST_CONTEXTS + " of " + places
                        + " places",
                "too many kinds",
                "name fewer functions, with a longer pattern or those of one source file: \"*@file.c\"",
                "or use what is the same everywhere: probefunc(), pp(), int_arg(1), $return");
    }

    private ProbeSymbol probe(Composition composition, PointContext context) {
        var symbol = new ProbeSymbol(composition, context);
        symbols.add(symbol);
        return symbol;
    }

    private void declare(DeclarationNode declaration) {
        switch (declaration) {
            case DeclarationNode.Global global -> global(global);
            case DeclarationNode.Function function -> function(function);
            // Elaboration made points of them.
            case DeclarationNode.Probe _, DeclarationNode.Alias _ -> {}
        }
    }

    private void global(DeclarationNode.Global global) {
        var name = global.name();
        var earlier = symbols.global(name);
        if (earlier != null) {
            duplicate(name, "global", earlier.span().line());
            return;
        }
        var symbol = new GlobalSymbol(symbols.globals().size(), global);
        if (global.initial() != null) {
            symbol.setType(
                    global.initial() instanceof ExpressionNode.StringLiteral ? Type.STRING : Type.LONG,
                    Span.covering(name.span(), global.initial().span()));
        }
        if (global.size() != null && (global.size().value() < 1 || global.size().value() > MOST_ELEMENTS)) {
            diagnostics.report(
                    ARRAY_SIZE,
                    global.size().span(),
                    "an array holds 1 to " + MOST_ELEMENTS + " elements, not "
                            + global.size().value(),
                    "out of range",
                    "write " + name.text() + "[" + 10_000 + "]");
        }
        symbols.add(symbol);
    }

    private void function(DeclarationNode.Function function) {
        var name = function.name();
        printFunction(name);
        var symbol = new FunctionSymbol(function);
        if (function.type() instanceof TypeName type) {
            symbol.setResult(type(type), Span.covering(name.span(), type.span()));
        }
        var seen = new HashSet<String>();
        for (var parameter : function.parameters()) {
            if (!seen.add(parameter.name().text())) {
                duplicate(parameter.name(), "parameter", parameter.name().span().line());
            }
            var local =
                    new LocalSymbol(parameter.name().text(), parameter.name().span(), true);
            local.markWritten();
            if (parameter.type() instanceof TypeName type) {
                local.setType(type(type), parameter.span());
            }
            symbol.parameters().add(local);
            symbol.scope().add(local);
        }
        symbols.add(symbol);
    }

    private static Type type(TypeName name) {
        return switch (name.kind()) {
            case LONG -> Type.LONG;
            case STRING -> Type.STRING;
        };
    }

    private void duplicate(Name name, String what, int line) {
        diagnostics.report(
                DUPLICATE_NAME,
                name.span(),
                "the " + what + " `" + name.text() + "` is declared twice",
                "declared again",
                "the first one stands in line " + line,
                "remove one of them, or give it another name");
    }

    private void printFunction(Name name) {
        if (PrintFunction.named(name.text()) != null) {
            diagnostics.report(
                    RESERVED_NAME,
                    name.span(),
                    "`" + name.text() + "` is a print function, which cannot be replaced",
                    "not free",
                    "choose another name, such as `my_" + name.text() + "`");
        }
    }
}
