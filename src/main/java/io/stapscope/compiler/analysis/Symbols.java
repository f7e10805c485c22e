package io.stapscope.compiler.analysis;

import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.StatementNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the declarations of a script mean; the passes fill in types, keys and resolved points. */
public final class Symbols {
    private final Map<String, GlobalSymbol> globals = new LinkedHashMap<>();
    private final List<FunctionSymbol> functions = new ArrayList<>();
    private final List<ProbeSymbol> probes = new ArrayList<>();

    /** One handler or function: a scope and what stands in it. */
    record Body(
            Scope scope,
            StatementNode.Block block,
            @Nullable FunctionSymbol function,
            @Nullable ProbeSymbol probe) {}

    public List<GlobalSymbol> globals() {
        return List.copyOf(globals.values());
    }

    public List<FunctionSymbol> functions() {
        return functions;
    }

    public List<ProbeSymbol> probes() {
        return probes;
    }

    public @Nullable GlobalSymbol global(String name) {
        return globals.get(name);
    }

    public @Nullable FunctionSymbol function(String name, int parameters) {
        for (var function : functions) {
            if (function.name().equals(name)
                    && function.declaration().parameters().size() == parameters) {
                return function;
            }
        }
        return null;
    }

    /** What a name means in a scope: a parameter, a global, or a local. */
    public @Nullable VariableSymbol variable(Scope scope, String name) {
        var local = scope.find(name);
        if (local != null && local.isParameter()) {
            return local;
        }
        var global = globals.get(name);
        return global != null ? global : local;
    }

    /** The global that a name means in a scope, null when it means none. */
    public @Nullable GlobalSymbol global(Scope scope, String name) {
        return variable(scope, name) instanceof GlobalSymbol global ? global : null;
    }

    /** A call in a function; {@code function} is null when it goes to a built-in one. */
    public record CallSite(String name, @Nullable FunctionSymbol function) {}

    /** The calls in a function, in the order of the text. */
    public List<CallSite> calls(FunctionSymbol caller) {
        var calls = new ArrayList<CallSite>();
        TreeWalk.expressions(caller.declaration().body(), part -> {
            if (part instanceof ExpressionNode.Call call) {
                var name = call.function().text();
                calls.add(new CallSite(name, function(name, call.arguments().size())));
            }
        });
        return calls;
    }

    List<FunctionSymbol> functionsNamed(String name) {
        return functions.stream()
                .filter(function -> function.name().equals(name))
                .toList();
    }

    TreeSet<String> functionNames() {
        var names = new TreeSet<String>();
        functions.forEach(function -> names.add(function.name()));
        return names;
    }

    List<Body> bodies() {
        var bodies = new ArrayList<Body>();
        for (var function : functions) {
            bodies.add(new Body(function.scope(), function.declaration().body(), function, null));
        }
        for (var probe : probes) {
            bodies.add(new Body(probe.scope(), probe.declaration().body(), null, probe));
        }
        return bodies;
    }

    void add(GlobalSymbol global) {
        globals.put(global.name(), global);
    }

    void add(FunctionSymbol function) {
        functions.add(function);
    }

    void add(ProbeSymbol probe) {
        probes.add(probe);
    }
}
