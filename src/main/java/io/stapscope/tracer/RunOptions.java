package io.stapscope.tracer;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How to run a plan.
 *
 * @param targetPid target process (-x), 0 for none
 * @param command target command (-c), null for none; given to /bin/sh
 * @param duration end after this time, null for never
 * @param interval length of a window
 * @param excludedParents processes whose children are the product's own and left out of system-wide probes
 * @param arguments words of the script's command line, for the record
 * @param suppressErrors whether a soft error ends its handler only, and nothing is said about it
 * @param timed whether the kernel times all of the run, which slows every hit, instead of short parts of it
 */
public record RunOptions(
        int targetPid,
        @Nullable String command,
        @Nullable Duration duration,
        Duration interval,
        Set<Integer> excludedParents,
        List<String> arguments,
        boolean suppressErrors,
        boolean timed) {
    public RunOptions {
        excludedParents = Set.copyOf(excludedParents);
        arguments = List.copyOf(arguments);
    }

    public RunOptions(
            int targetPid,
            @Nullable String command,
            @Nullable Duration duration,
            Duration interval,
            Set<Integer> excludedParents,
            List<String> arguments) {
        this(targetPid, command, duration, interval, excludedParents, arguments, false, false);
    }

    public static RunOptions defaults() {
        return new RunOptions(0, null, null, Duration.ofSeconds(1), Set.of(), List.of());
    }
}
