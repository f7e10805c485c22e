package io.stapscope.api.message;

import io.stapscope.capture.CaptureView;
import io.stapscope.capture.ReplayView;
import io.stapscope.history.AggregateRecord;
import io.stapscope.history.ProbeRecord;
import io.stapscope.pipeline.LossReport;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A capture that runs or has just ended. Times are milliseconds since 1970.
 *
 * @param user who started it
 * @param budgetPercent what its handlers may take of one CPU, 0 for no budget
 * @param replay how it plays when it is a bundled recording; null for what happens now
 */
public record RunMessage(
        UUID id,
        String name,
        String state,
        long startedAt,
        @Nullable Long stoppedAt,
        @Nullable String stopReason,
        List<AggregateRecord> aggregates,
        List<ProbeRecord> probes,
        TargetMessage target,
        LossReport losses,
        boolean persistent,
        String user,
        double budgetPercent,
        @Nullable ReplayView replay) {
    public static RunMessage of(CaptureView view) {
        return new RunMessage(
                view.id(),
                view.name(),
                view.state().word(),
                view.startedAtMillis(),
                view.stoppedAtMillis(),
                view.stopReason(),
                view.aggregates(),
                view.probes(),
                TargetMessage.of(view.target()),
                view.losses(),
                view.persistent(),
                view.user(),
                view.budgetPercent(),
                view.replay());
    }
}
