package io.stapscope.compiler.analysis;

import io.stapscope.compiler.builtin.Builtin;
import io.stapscope.compiler.builtin.Builtins;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.StatementNode;
import java.util.HashSet;
import java.util.Set;

/** Which functions ask for the text of the probe point with {@code pp()}, themselves or by a function they call. */
public final class ProbeTextUse {
    private final Symbols symbols;
    private final Set<FunctionSymbol> using = new HashSet<>();

    public ProbeTextUse(Symbols symbols) {
        this.symbols = symbols;
        boolean changed = true;
        while (changed) {
            changed = false;
            for (var function : symbols.functions()) {
                boolean asks = !using.contains(function)
                        && (asks(function.declaration().body())
                                || function.next() != null && using.contains(function.next()));
                changed |= asks && using.add(function);
            }
        }
    }

    public boolean uses(FunctionSymbol function) {
        return using.contains(function);
    }

    boolean asks(StatementNode body) {
        var found = new boolean[1];
        TreeWalk.expressions(body, part -> {
            if (part instanceof ExpressionNode.Call call) {
                var function = symbols.function(call);
                found[0] |= function == null
                        ? Builtins.find(call.function().text(), call.arguments().size())
                                instanceof Builtin.ProbePointText
                        : using.contains(function);
            }
        });
        return found[0];
    }
}
