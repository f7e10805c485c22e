package io.stapscope.history;

import java.util.List;
import java.util.UUID;

/**
 * What is known when a capture begins.
 *
 * @param id also the id of the run
 * @param startedAtMillis since 1970; the zero of every window's time
 */
public record CaptureStart(
        UUID id,
        String name,
        String script,
        List<String> arguments,
        TargetRecord target,
        HostRecord host,
        long startedAtMillis,
        int intervalMillis,
        List<AggregateRecord> aggregates,
        List<String> tags) {
    public CaptureStart {
        arguments = List.copyOf(arguments);
        aggregates = List.copyOf(aggregates);
        tags = List.copyOf(tags);
    }
}
