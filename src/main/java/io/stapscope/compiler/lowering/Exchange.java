package io.stapscope.compiler.lowering;

import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Function;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.IrWalk;
import io.stapscope.compiler.ir.Statement;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What handlers do with globals, as far as it matters in which order they do it. */
final class Exchange {
    private final Map<Integer, Global> read = new LinkedHashMap<>();
    private final Map<Integer, Global> written = new LinkedHashMap<>();

    /** Added to or fed: their order among each other does not matter. */
    private final Map<Integer, Global> increased = new LinkedHashMap<>();

    private final List<Function> functions;
    private final Set<Integer> seen = new HashSet<>();

    /** @param functions of the plan, by id */
    Exchange(List<Function> functions) {
        this.functions = functions;
    }

    void add(Statement.Block body) {
        IrWalk.statements(body, statement -> {
            switch (statement) {
                case Statement.SetGlobal s -> put(written, s.global());
                case Statement.DeleteElement s -> put(written, s.global());
                case Statement.DeleteGlobal s -> put(written, s.global());
                case Statement.Feed s -> put(increased, s.global());
                case Statement.AddGlobal s -> {
                    put(increased, s.global());
                    if (s.result() != null) {
                        put(read, s.global());
                    }
                }
                case Statement.Foreach s -> put(read, s.global());
                case Statement.PrintHistogram s -> put(read, s.global());
                case Statement.Call s -> add(s.function().id());
                case Statement.CallById s -> add(s.function());
                case Statement _ -> {}
            }
        });
        IrWalk.expressions(body, expression -> {
            switch (expression) {
                case Expression.ReadGlobal e -> put(read, e.global());
                case Expression.Contains e -> put(read, e.global());
                case Expression.Extract e -> put(read, e.global());
                case Expression.Bucket e -> put(read, e.global());
                case Expression _ -> {}
            }
        });
    }

    private void add(int function) {
        if (seen.add(function)) {
            add(functions.get(function).body());
        }
    }

    private static void put(Map<Integer, Global> to, Global global) {
        to.putIfAbsent(global.id(), global);
    }

    /**
     * A global that kernel handlers exchange with handlers that run after the hit; null when there is none. What both only
     * add to is none, nor what both only read.
     */
    @Nullable
    Global exchanged(Exchange after) {
        for (var global : written.values()) {
            if (after.read.containsKey(global.id())
                    || after.written.containsKey(global.id())
                    || after.increased.containsKey(global.id())) {
                return global;
            }
        }
        for (var global : increased.values()) {
            if (after.read.containsKey(global.id()) || after.written.containsKey(global.id())) {
                return global;
            }
        }
        for (var global : read.values()) {
            if (after.written.containsKey(global.id()) || after.increased.containsKey(global.id())) {
                return global;
            }
        }
        return null;
    }
}
