package io.stapscope.api.message;

import io.stapscope.capture.CaptureView;
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
        double budgetPercent) {
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
                view.budgetPercent());
    }
}
