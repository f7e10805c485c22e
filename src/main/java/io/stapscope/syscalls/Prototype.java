package io.stapscope.syscalls;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One form of a system call. */
record Prototype(String name, Optional<Argument.Condition> applies, List<Argument> arguments, ReturnKind returns) {
    String text(Call call) {
        return arguments.stream()
                .filter(argument -> argument.isWritten(call))
                .map(argument -> argument.kind().text(call, argument.index()))
                .collect(Collectors.joining(", "));
    }
}
