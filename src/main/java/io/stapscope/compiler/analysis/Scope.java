package io.stapscope.compiler.analysis;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The local variables of one handler or function, by name; blocks make no scopes of their own. */
public final class Scope {
    private final Map<String, LocalSymbol> locals = new LinkedHashMap<>();

    /** In the order of their first appearance, parameters first. */
    public Collection<LocalSymbol> locals() {
        return locals.values();
    }

    public @Nullable LocalSymbol find(String name) {
        return locals.get(name);
    }

    void add(LocalSymbol local) {
        locals.put(local.name(), local);
    }
}
