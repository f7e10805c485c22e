package io.stapscope.compiler.probe;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.DiagnosticCode;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.type.Type;
import io.stapscope.host.program.Program;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a stub of the procedure linkage table offers: the name of the function behind it, registers. */
record StubContext(Program program, boolean atReturn) implements PointContext {
    private static final int MOST_ARGUMENTS = 9;
    private static final ContextVariable NAME =
            new ContextVariable("$$name", Type.STRING, "Name of the function that is called.", new SiteText());
    private static final ContextVariable RESULT = new ContextVariable(
            "$return",
            Type.LONG,
            "The register of results; its type is not known.",
            new UserValues.Result(Long.BYTES, true));

    @Override
    public List<ContextVariable> variables() {
        return atReturn ? List.of(NAME, RESULT) : List.of(NAME);
    }

    /** Arguments by their position, for {@code int_arg(1)} and its kin. */
    @Override
    public @Nullable ContextVariable variable(String name) {
        if (!atReturn && name.matches("\\$arg[1-9]")) {
            int position = Integer.parseInt(name.substring(4)) - 1;
            return position >= MOST_ARGUMENTS
                    ? null
                    : new ContextVariable(
                            name,
                            Type.LONG,
                            "Argument " + (position + 1) + " as it is passed.",
                            new UserValues.Whole(
                                    CallingConvention.of(program.machine()).register(position)));
        }
        return variables().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    @Override
    public @Nullable PointContext entry() {
        return atReturn ? new StubContext(program, false) : null;
    }

    @Override
    public boolean hasUserMemory() {
        return true;
    }

    @Override
    public Diagnostic missing(String name, Span span) {
        var names =
                new ArrayList<>(variables().stream().map(ContextVariable::name).toList());
        return Diagnostic.of(
                DiagnosticCode.UNKNOWN_CONTEXT_VARIABLE,
                span,
                "`" + name + "` is not a variable of a call through the linkage table",
                "unknown context variable",
                "available here: " + String.join(", ", names),
                "arguments have no names here: int_arg(1), pointer_arg(2) and so on");
    }
}
