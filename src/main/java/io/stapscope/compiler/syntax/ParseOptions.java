package io.stapscope.compiler.syntax;

import java.util.List;

/**
 * What a script is read with, beside its text.
 *
 * @param arguments what {@code $1}, {@code @1} and so on stand for
 * @param macros those that the script may call without defining them
 */
public record ParseOptions(List<String> arguments, Machine machine, MacroLibrary macros) {
    public ParseOptions {
        arguments = List.copyOf(arguments);
    }

    /** With the macros that are always there. */
    public static ParseOptions of(List<String> arguments, Machine machine) {
        return new ParseOptions(arguments, machine, MacroLibrary.standard());
    }
}
