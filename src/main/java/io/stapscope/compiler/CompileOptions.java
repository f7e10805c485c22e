package io.stapscope.compiler;

import io.stapscope.compiler.ir.Limits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a script is compiled for, beside the host.
 *
 * @param arguments words of the command line: {@code $1}, {@code @1} and so on
 * @param hasTarget whether the run has a target process (-x or -c); process points without a program watch only it then
 * @param commandPath the command of -c, null without one
 */
public record CompileOptions(
        List<String> arguments, boolean hasTarget, @Nullable String commandPath, Limits limits, Switches switches) {
    public CompileOptions {
        arguments = List.copyOf(arguments);
    }

    public CompileOptions(List<String> arguments, boolean hasTarget, @Nullable String commandPath, Limits limits) {
        this(arguments, hasTarget, commandPath, limits, Switches.DEFAULT);
    }

    public static CompileOptions defaults() {
        return new CompileOptions(List.of(), false, null, Limits.DEFAULT);
    }
}
