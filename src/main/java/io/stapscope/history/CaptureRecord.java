package io.stapscope.history;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A stored capture as people find it.
 *
 * @param probes empty in lists of captures
 * @param refused rows the store could not take; 0 = all that was counted is there
 */
public record CaptureRecord(
        UUID id,
        String name,
        CaptureState state,
        long startedAtMillis,
        @Nullable Long stoppedAtMillis,
        @Nullable String stopReason,
        int intervalMillis,
        String script,
        List<String> arguments,
        TargetRecord target,
        HostRecord host,
        List<AggregateRecord> aggregates,
        List<ProbeRecord> probes,
        List<Total> totals,
        LossRecord losses,
        long consoleLines,
        long refused,
        List<String> tags) {
    public CaptureRecord {
        arguments = List.copyOf(arguments);
        aggregates = List.copyOf(aggregates);
        probes = List.copyOf(probes);
        totals = List.copyOf(totals);
        tags = List.copyOf(tags);
    }

    CaptureRecord with(ProbeStore.Probes stored) {
        return new CaptureRecord(
                id,
                name,
                state,
                startedAtMillis,
                stoppedAtMillis,
                stopReason,
                intervalMillis,
                script,
                arguments,
                target,
                host,
                aggregates,
                stored.described(),
                totals,
                losses.with(stored.hits()),
                consoleLines,
                refused,
                tags);
    }

    /** Everything an aggregate counted, as far as it is stored. */
    public record Total(int agg, String name, long count) {}
}
