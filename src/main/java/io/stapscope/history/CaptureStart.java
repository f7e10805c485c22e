package io.stapscope.history;

import java.util.List;
import java.util.UUID;

/**
 * What is known when a capture begins.
 *
 * @param id also the id of the run
 * @param startedAtMillis since 1970; the zero of every window's time
 * @param owner who started it, for quotas
 * @param incarnation of the service that runs it
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
        List<ProbeRecord> probes,
        List<String> tags,
        String owner,
        String incarnation) {
    public CaptureStart {
        arguments = List.copyOf(arguments);
        aggregates = List.copyOf(aggregates);
        // What was spilled to disk by an earlier version does not tell of probes.
        probes = probes == null ? List.of() : List.copyOf(probes);
        tags = List.copyOf(tags);
    }

    public CaptureStart(
            UUID id,
            String name,
            String script,
            List<String> arguments,
            TargetRecord target,
            HostRecord host,
            long startedAtMillis,
            int intervalMillis,
            List<AggregateRecord> aggregates,
            List<ProbeRecord> probes,
            List<String> tags,
            String owner) {
        this(
                id,
                name,
                script,
                arguments,
                target,
                host,
                startedAtMillis,
                intervalMillis,
                aggregates,
                probes,
                tags,
                owner,
                Incarnation.current());
    }

    Origin origin() {
        return new Origin(id, startedAtMillis);
    }
}
