package io.stapscope.compiler.syntax;

import io.stapscope.compiler.source.Span;
import java.util.List;

/**
 * {@code @define name(parameters) %( body %)}.
 *
 * @param name with its at sign, as calls write it
 * @param place the name in the definition
 * @param parameters with their at signs, as the body writes them; none when calls have no parentheses
 * @param library whether its body sees the macros of the library only
 */
record Macro(
        String name, Span place, List<String> parameters, List<Token> body, boolean library, boolean isUnreadable) {
    Macro {
        parameters = List.copyOf(parameters);
        body = List.copyOf(body);
    }

    /** Stands for a macro whose definition is wrong, which was reported. */
    static Macro unreadable(String name, Span place) {
        return new Macro(name, place, List.of(), List.of(), false, true);
    }

    boolean takesArguments() {
        return !parameters.isEmpty();
    }

    /** How a call is written. */
    String form() {
        return takesArguments() ? name + "(" + String.join(", ", parameters).replace("@", "") + ")" : name;
    }
}
