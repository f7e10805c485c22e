package io.stapscope.tracer;

import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.Global.KeyKind;
import io.stapscope.interpreter.library.StackBook;
import java.util.ArrayList;
import java.util.List;

/** Names the functions of stacks in keys, once for each series: the processes may be gone when somebody looks at it. */
final class StackKeys {
    private final StackBook stacks;

    StackKeys(StackBook stacks) {
        this.stacks = stacks;
    }

    /** The key with a {@link Window.Stack} for each part that is one. */
    List<Object> named(Global global, List<Object> key) {
        var kinds = global.keyKinds();
        if (!kinds.contains(KeyKind.STACK) && !kinds.contains(KeyKind.USTACK)) {
            return key;
        }
        var named = new ArrayList<Object>();
        for (int part = 0; part < key.size(); part++) {
            named.add(isStack(kinds.get(part)) ? stack(kinds, key, part) : key.get(part));
        }
        return named;
    }

    private static boolean isStack(KeyKind kind) {
        return kind == KeyKind.STACK || kind == KeyKind.USTACK;
    }

    /** The process is that of the key; where the key has none, the first that had this stack. */
    private Window.Stack stack(List<KeyKind> kinds, List<Object> key, int part) {
        var addresses = (String) key.get(part);
        int process = kinds.indexOf(KeyKind.PID);
        var names = kinds.get(part) == KeyKind.STACK
                ? stacks.names(addresses, 0)
                : process < 0 ? stacks.names(addresses) : stacks.names(addresses, (Long) key.get(process));
        return new Window.Stack(addresses, names);
    }
}
