package io.stapscope.host.program;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What can be named at one address: parameters and locals of the function, each name once. */
public record Scope(List<Variable> parameters, List<Variable> locals) {
    public static final Scope EMPTY = new Scope(List.of(), List.of());

    public Scope {
        parameters = List.copyOf(parameters);
        locals = List.copyOf(locals);
    }

    public Optional<Variable> find(String name) {
        return Stream.concat(locals.stream(), parameters.stream())
                .filter(each -> each.name().equals(name))
                .findFirst();
    }
}
