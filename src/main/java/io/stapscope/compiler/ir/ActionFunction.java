package io.stapscope.compiler.ir;

import io.stapscope.compiler.type.Type;
import java.util.List;

/** Functions with an effect or a state that only user space has; {@code interpreter.library} runs them. */
public enum ActionFunction {
    ABORT("abort", Type.NONE, List.of(), "Ends the run at once; no catch sees it."),
    TOKENIZE(
            "tokenize",
            Type.STRING,
            List.of(Type.STRING, Type.STRING),
            "The next token of a string, or of the one before when it is empty; remembers the rest."),
    RANDINT("randint", Type.LONG, List.of(Type.LONG), "A random number from 0 to one below a bound."),
    SYSTEM("system", Type.NONE, List.of(Type.STRING), "Gives a command to the shell, after the handler."),
    PRINTK(
            "printk",
            Type.NONE,
            List.of(Type.LONG, Type.STRING),
            "Writes a line into the log of the kernel, at a level."),
    RAISE("raise", Type.NONE, List.of(Type.LONG, Type.LONG, Type.LONG), "Sends a signal to the process of the hit.");

    private final String word;
    private final Type result;
    private final List<Type> parameters;
    private final String documentation;

    ActionFunction(String word, Type result, List<Type> parameters, String documentation) {
        this.word = word;
        this.result = result;
        this.parameters = parameters;
        this.documentation = documentation;
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

    /** One sentence for people. */
    public String documentation() {
        return documentation;
    }
}
