package io.stapscope.compiler.ir;

import io.stapscope.compiler.type.Type;
import java.util.List;

/** Functions with an effect or a state that only user space has; {@code interpreter.library} runs them. */
public enum ActionFunction {
    /** {@code abort()}: ends the run at once; no {@code catch} sees it. */
    ABORT("abort", Type.NONE, List.of());

    private final String word;
    private final Type result;
    private final List<Type> parameters;

    ActionFunction(String word, Type result, List<Type> parameters) {
        this.word = word;
        this.result = result;
        this.parameters = parameters;
    }

    /** The name in scripts. */
    public String word() {
        return word;
    }

    /** LONG, STRING or NONE. */
    public Type result() {
        return result;
    }

    public List<Type> parameters() {
        return parameters;
    }
}
