package io.stapscope.capture;

import io.stapscope.history.AggregateRecord;
import io.stapscope.history.CaptureState;
import io.stapscope.history.ProbeRecord;
import io.stapscope.history.TargetRecord;
import io.stapscope.pipeline.LossReport;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A running or just ended capture, as it is at one moment.
 *
 * @param replay how it plays when it is a recording, null for what happens now
 */
public record CaptureView(
        UUID id,
        String name,
        CaptureState state,
        long startedAtMillis,
        @Nullable Long stoppedAtMillis,
        @Nullable String stopReason,
        List<AggregateRecord> aggregates,
        List<ProbeRecord> probes,
        TargetRecord target,
        LossReport losses,
        int intervalMillis,
        boolean persistent,
        String user,
        double budgetPercent,
        @Nullable ReplayView replay) {}
