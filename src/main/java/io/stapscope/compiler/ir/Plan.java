package io.stapscope.compiler.ir;

import io.stapscope.compiler.source.SourceText;
import java.util.List;

/**
 * One compiled script: everything the tracer needs to run it on the host it was compiled for. Plain immutable data;
 * nothing is loaded yet.
 *
 * @param globals by {@link Global#id()}
 * @param functions by {@link Function#id()}
 * @param handlers in the order of the script, one for each resolved probe point; by {@link Handler#id()}
 */
public record Plan(
        SourceText script, List<Global> globals, List<Function> functions, List<Handler> handlers, Limits limits) {
    public Plan {
        globals = List.copyOf(globals);
        functions = List.copyOf(functions);
        handlers = List.copyOf(handlers);
    }
}
