package io.stapscope.compiler.analysis;

import io.stapscope.compiler.library.Library;
import io.stapscope.compiler.probe.NoContext;
import io.stapscope.compiler.probe.PointContext;
import io.stapscope.compiler.probe.ProbeFamilies;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.Name;
import io.stapscope.compiler.syntax.tree.StatementNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the declarations of a script and of the reached library mean; the passes fill in types, keys and resolved points.
 * Names of the script and of the library never get in each other's way: a name means what it means where it stands.
 */
public final class Symbols {
    private final Library library;
    private final Names own = new Names();
    private final Names shared = new Names();
    /** What is private to each file of the library. */
    private final Map<SourceText, Names> hidden = new HashMap<>();

    private final List<GlobalSymbol> globals = new ArrayList<>();
    private final List<FunctionSymbol> functions = new ArrayList<>();
    private final List<ProbeSymbol> probes = new ArrayList<>();
    private final List<ProbeSymbol> dropped = new ArrayList<>();
    private @Nullable CTypes cTypes;

    /** C types of the numbers of the script; there once they are inferred. */
    public CTypes cTypes() {
        return Objects.requireNonNull(cTypes);
    }

    void setCTypes(CTypes types) {
        cTypes = types;
    }

    Symbols(Library library) {
        this.library = library;
    }

    private record Signature(String name, int parameters) {}

    private static final class Names {
        final Map<String, GlobalSymbol> globals = new LinkedHashMap<>();
        final Map<Signature, List<FunctionSymbol>> functions = new LinkedHashMap<>();
    }

    /** One handler or function: a scope and what stands in it. */
    record Body(
            Scope scope,
            StatementNode.Block block,
            @Nullable FunctionSymbol function,
            @Nullable ProbeSymbol probe) {
        /** What the probe point offers; nothing in a function. */
        PointContext context() {
            return probe == null ? NoContext.INSTANCE : probe.context();
        }
    }

    Library library() {
        return library;
    }

    /** Those of the script first, then those of the library. */
    public List<GlobalSymbol> globals() {
        return globals;
    }

    public List<FunctionSymbol> functions() {
        return functions;
    }

    public List<ProbeSymbol> probes() {
        return probes;
    }

    /** Whether a text is one of the library's, not of the user. */
    public boolean isLibrary(SourceText source) {
        return library.owns(source);
    }

    /** The global that a name means where no local has it. */
    @Nullable
    GlobalSymbol global(Name name) {
        var home = name.span().source();
        if (!library.owns(home)) {
            return own.globals.get(name.text());
        }
        var secret = hidden.get(home);
        var found = secret == null ? null : secret.globals.get(name.text());
        return found != null ? found : shared.globals.get(name.text());
    }

    /** The function that a call goes to first; the others of its chain follow by {@link FunctionSymbol#next()}. */
    public @Nullable FunctionSymbol function(ExpressionNode.Call call) {
        return function(call.function(), call.arguments().size());
    }

    /** The function that a name with so many parameters means where it stands. */
    @Nullable
    FunctionSymbol function(Name name, int parameters) {
        var home = name.span().source();
        var signature = new Signature(name.text(), parameters);
        var nearest = library.owns(home) ? hidden.get(home) : own;
        var found = nearest == null ? null : nearest.functions.get(signature);
        if (found == null) {
            found = shared.functions.get(signature);
        }
        return found == null ? null : found.getFirst();
    }

    /** What a name means in a scope: a parameter, a global, or a local. */
    public @Nullable VariableSymbol variable(Scope scope, Name name) {
        var local = scope.find(name.text());
        if (local != null && local.isParameter()) {
            return local;
        }
        var global = global(name);
        return global != null ? global : local;
    }

    /** The global that a name means in a scope, null when it means none. */
    public @Nullable GlobalSymbol global(Scope scope, Name name) {
        return variable(scope, name) instanceof GlobalSymbol global ? global : null;
    }

    List<FunctionSymbol> functionsNamed(String name) {
        return functions.stream()
                .filter(function -> function.name().equals(name))
                .toList();
    }

    /** Names of the functions that a script may call. */
    TreeSet<String> functionNames() {
        var names = new TreeSet<String>();
        own.functions.keySet().forEach(each -> names.add(each.name()));
        names.addAll(library.functionNames());
        return names;
    }

    /** Globals of the script itself. */
    TreeSet<String> globalNames() {
        return new TreeSet<>(own.globals.keySet());
    }

    List<Body> bodies() {
        var bodies = new ArrayList<Body>();
        for (var function : functions) {
            bodies.add(new Body(function.scope(), function.declaration().body(), function, null));
        }
        for (var probe : probes) {
            bodies.add(new Body(probe.scope(), probe.body(), null, probe));
        }
        return bodies;
    }

    void add(GlobalSymbol global) {
        names(global.span().source(), global.declaration().isPrivate()).globals.put(global.name(), global);
        globals.add(global);
    }

    /** Adds a function to the chain of its name: by priority, then in the order of the text. */
    void add(FunctionSymbol function) {
        var declaration = function.declaration();
        var chain = names(declaration.span().source(), declaration.isPrivate())
                .functions
                .computeIfAbsent(
                        new Signature(function.name(), declaration.parameters().size()), _ -> new ArrayList<>());
        chain.add(function);
        chain.sort(Comparator.comparingLong(FunctionSymbol::priority));
        FunctionSymbol.chain(chain);
        functions.add(function);
    }

    void add(ProbeSymbol probe) {
        probes.add(probe);
    }

    /**
     * Leaves out the probes none of whose points exists, where those might have given their bodies variables: what is
     * said of their names would be wrong.
     */
    public void dropUnresolved() {
        for (var probe : List.copyOf(probes)) {
            if (probe.points().isEmpty() && !ProbeFamilies.isBare(probe.declaration())) {
                dropped.add(probe);
                probes.remove(probe);
            }
        }
    }

    /** The probes that were left out; their names are used all the same. */
    List<ProbeSymbol> dropped() {
        return dropped;
    }

    private Names names(SourceText home, boolean isPrivate) {
        if (!library.owns(home)) {
            return own;
        }
        return isPrivate ? hidden.computeIfAbsent(home, _ -> new Names()) : shared;
    }
}
