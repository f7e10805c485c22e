package io.stapscope.compiler.ir;

import io.stapscope.compiler.type.Type;
import java.util.List;

/** The built-in functions without effects that are not context values. Division for time units is plain arithmetic. */
public enum BuiltinFunction {
    /** Bytes of a string. */
    STRLEN("strlen", Type.LONG, List.of(Type.STRING)),
    /** {@code substr(s, start, length)}, in bytes; "" when start lies outside. */
    SUBSTR("substr", Type.STRING, List.of(Type.STRING, Type.LONG, Type.LONG)),
    /** The NUL-terminated string at a user address; a fault is a soft error. Only in kernel code and captures. */
    USER_STRING("user_string", Type.STRING, List.of(Type.LONG)),
    /** As USER_STRING with a text to give on a fault. */
    USER_STRING_OR("user_string", Type.STRING, List.of(Type.LONG, Type.STRING));

    private final String word;
    private final Type result;
    private final List<Type> parameters;

    BuiltinFunction(String word, Type result, List<Type> parameters) {
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
