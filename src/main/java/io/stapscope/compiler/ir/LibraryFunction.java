package io.stapscope.compiler.ir;

import io.stapscope.compiler.type.Type;
import java.util.List;

/** Functions without effects that only user space has; {@code interpreter.library} computes them. */
public enum LibraryFunction {
    /** Position of the first occurrence of a string in another, -1 for none. */
    STRPOS("strpos", Type.LONG, List.of(Type.STRING, Type.STRING));

    private final String word;
    private final Type result;
    private final List<Type> parameters;

    LibraryFunction(String word, Type result, List<Type> parameters) {
        this.word = word;
        this.result = result;
        this.parameters = parameters;
    }

    /** The name in scripts. */
    public String word() {
        return word;
    }

    public Type result() {
        return result;
    }

    public List<Type> parameters() {
        return parameters;
    }
}
