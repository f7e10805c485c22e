package io.stapscope.compiler.analysis;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.ALIAS_NOT_SUPPORTED;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.ARRAY_SIZE;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.DUPLICATE_NAME;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.OVERLOAD_NOT_SUPPORTED;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.RESERVED_NAME;

import io.stapscope.compiler.builtin.Builtins;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.library.Library;
import io.stapscope.compiler.syntax.tree.DeclarationNode;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.Name;
import io.stapscope.compiler.syntax.tree.Script;
import io.stapscope.compiler.syntax.tree.TypeName;
import io.stapscope.compiler.type.Type;
import java.util.HashSet;

/** Collects the globals, functions and probes of a script. */
public final class Declarations {
    private static final long MOST_ELEMENTS = 1 << 24;

    private final Symbols symbols = new Symbols(Library.builtIn());
    private final Diagnostics diagnostics;

    private Declarations(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    public static Symbols run(Script script, Diagnostics diagnostics) {
        var pass = new Declarations(diagnostics);
        script.declarations().forEach(pass::declare);
        return pass.symbols;
    }

    private void declare(DeclarationNode declaration) {
        switch (declaration) {
            case DeclarationNode.Probe probe -> symbols.add(new ProbeSymbol(probe));
            case DeclarationNode.Global global -> global(global);
            case DeclarationNode.Function function -> function(function);
            case DeclarationNode.Alias alias ->
                diagnostics.report(
                        ALIAS_NOT_SUPPORTED,
                        alias.names().getFirst().span(),
                        "probe aliases are not supported yet",
                        "an alias",
                        "write the probe points it stands for in each probe");
        }
    }

    private void global(DeclarationNode.Global global) {
        var name = global.name();
        var earlier = symbols.global(name);
        if (earlier != null) {
            duplicate(name, "global", earlier.span().line());
            return;
        }
        reserved(name);
        var symbol = new GlobalSymbol(symbols.globals().size(), global);
        if (global.initial() != null) {
            symbol.setType(
                    global.initial() instanceof ExpressionNode.StringLiteral ? Type.STRING : Type.LONG,
                    global.initial().span());
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
        var earlier = symbols.function(name, function.parameters().size());
        if (earlier != null) {
            diagnostics.report(
                    OVERLOAD_NOT_SUPPORTED,
                    name.span(),
                    "a second function `" + name.text() + "` with the same number of parameters is not supported yet",
                    "declared again",
                    "the first one stands in line "
                            + earlier.declaration().name().span().line(),
                    "give it another name, or another number of parameters");
            return;
        }
        reserved(name);
        var symbol = new FunctionSymbol(function);
        if (function.type() instanceof TypeName type) {
            symbol.setResult(type(type), type.span());
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
                local.setType(type(type), type.span());
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

    private void reserved(Name name) {
        if (!Builtins.named(name.text()).isEmpty()) {
            diagnostics.report(
                    RESERVED_NAME,
                    name.span(),
                    "`" + name.text() + "` is a built-in function",
                    "not free",
                    "choose another name, such as `my_" + name.text() + "`");
        }
    }
}
