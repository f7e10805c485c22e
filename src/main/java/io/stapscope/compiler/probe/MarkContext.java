package io.stapscope.compiler.probe;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.DiagnosticCode;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.type.Type;
import io.stapscope.host.program.Mark;
import io.stapscope.host.program.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a statically defined mark offers: its arguments by their position. */
record MarkContext(Program program, Mark mark) implements PointContext {
    @Override
    public List<ContextVariable> variables() {
        var all = new ArrayList<ContextVariable>();
        for (var argument : arguments()) {
            if (argument.variable() != null) {
                all.add(argument.variable());
            }
        }
        all.add(new ContextVariable("$$name", Type.STRING, "Name of the mark.", new SiteText()));
        all.add(new ContextVariable("$$provider", Type.STRING, "Provider of the mark.", new Literal(mark.provider())));
        all.add(UserVariables.list("$$parms", "All arguments as $arg1=0x...", arguments()));
        all.add(UserVariables.list("$$vars", "All arguments as $arg1=0x...", arguments()));
        return all;
    }

    private record Literal(String text) implements ContextVariable.Reading {
        @Override
        public Expression at(Span span) {
            return new Expression.StringLiteral(span, text);
        }
    }

    private List<Listed> arguments() {
        return IntStream.range(0, mark.arguments().size())
                .mapToObj(i -> new Listed("$arg" + (i + 1), argument(i)))
                .toList();
    }

    private @Nullable ContextVariable argument(int index) {
        var argument = mark.arguments().get(index);
        return UserValues.problem(argument.location()) != null
                ? null
                : new ContextVariable(
                        "$arg" + (index + 1),
                        Type.LONG,
                        "Argument " + (index + 1) + " of the mark, " + argument.size() + " bytes.",
                        new UserValues.Number(argument.location(), argument.size(), argument.signed()));
    }

    @Override
    public List<Listed> listed(String list) {
        return arguments();
    }

    @Override
    public boolean hasUserMemory() {
        return true;
    }

    @Override
    public Diagnostic missing(String name, Span span) {
        for (int i = 0; i < mark.arguments().size(); i++) {
            var argument = mark.arguments().get(i);
            if (name.equals("$arg" + (i + 1))) {
                return Diagnostic.of(
                        DiagnosticCode.UNKNOWN_CONTEXT_VARIABLE,
                        span,
                        "`" + name + "` of the mark " + mark.name() + " (" + argument.text() + ") has no value here: "
                                + UserValues.problem(argument.location()),
                        "no value",
                        "ask whether it can be read: if (@defined(" + name + ")) ...");
            }
        }
        int count = mark.arguments().size();
        var names = variables().stream().map(ContextVariable::name).toList();
        return Diagnostic.of(
                DiagnosticCode.UNKNOWN_CONTEXT_VARIABLE,
                span,
                "`" + name + "` is not a variable of the mark " + mark.name() + ", which has "
                        + (count == 0 ? "no arguments" : count == 1 ? "one argument" : count + " arguments"),
                "unknown context variable",
                "available here: " + String.join(", ", names));
    }
}
