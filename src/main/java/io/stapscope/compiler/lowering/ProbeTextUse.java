package io.stapscope.compiler.lowering;

import io.stapscope.compiler.analysis.FunctionSymbol;
import io.stapscope.compiler.analysis.Symbols;
import java.util.HashSet;
import java.util.Set;

/** Which functions call {@code pp()}, themselves or by a function they call. */
final class ProbeTextUse {
    private final Set<FunctionSymbol> using = new HashSet<>();

    ProbeTextUse(Symbols symbols) {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (var function : symbols.functions()) {
                boolean uses = symbols.calls(function).stream()
                        .anyMatch(call -> call.name().equals("pp") && call.function() == null
                                || call.function() != null && using.contains(call.function()));
                changed |= uses && using.add(function);
            }
        }
    }

    boolean uses(FunctionSymbol function) {
        return using.contains(function);
    }
}
