package io.stapscope.compiler.lowering;

import io.stapscope.compiler.ir.Function;
import io.stapscope.compiler.ir.Handler;

/** The handler or function that locals belong to. */
record Owner(boolean isHandler, int id) {
    static Owner of(Handler handler) {
        return new Owner(true, handler.id());
    }

    static Owner of(Function function) {
        return new Owner(false, function.id());
    }
}
