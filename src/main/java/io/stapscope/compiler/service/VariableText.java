package io.stapscope.compiler.service;

import io.stapscope.compiler.analysis.GlobalSymbol;
import io.stapscope.compiler.analysis.LocalSymbol;
import io.stapscope.compiler.analysis.VariableSymbol;
import io.stapscope.compiler.type.Type;
import java.util.stream.Collectors;

/** Variables as a declaration would write them, with the types that were found. */
final class VariableText {
    private VariableText() {}

    /** {@code global latency[long, long] : statistics}. */
    static String of(VariableSymbol variable) {
        return switch (variable) {
            case LocalSymbol local ->
                (local.isParameter() ? "parameter " : "local ") + local.name() + ":" + type(local);
            case GlobalSymbol global -> "global " + global.name() + keys(global) + ":" + value(global);
        };
    }

    /** Its type alone: {@code [long, long] statistics}. */
    static String type(VariableSymbol variable) {
        return switch (variable) {
            case LocalSymbol local -> value(local);
            case GlobalSymbol global -> (keys(global) + " " + value(global)).strip();
        };
    }

    /** What a comment above its declaration says. */
    static String comment(VariableSymbol variable) {
        return switch (variable) {
            case LocalSymbol _ -> "";
            case GlobalSymbol global -> CommentAbove.of(global.declaration().span());
        };
    }

    private static String keys(GlobalSymbol global) {
        if (global.arity() == 0) {
            return "";
        }
        return global.keys().stream().map(Type::word).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String value(VariableSymbol variable) {
        var known = variable.knownType();
        return known == null ? "unknown" : known.word();
    }
}
