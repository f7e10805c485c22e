package io.stapscope.api.message;

import io.stapscope.history.AggregateRecord;
import io.stapscope.history.CaptureRecord;
import io.stapscope.history.LossRecord;
import io.stapscope.history.ProbeRecord;
import io.stapscope.pipeline.LossReport;
import io.stapscope.pipeline.ProbeFigures;
import io.stapscope.tracer.Accounts;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A stored capture: what a run is, and what was kept of it. Lists of captures do not tell of probes. */
public record CaptureMessage(
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
        int intervalMillis,
        List<String> arguments,
        String script,
        String host,
        String kernel,
        List<CaptureRecord.Total> totals,
        long consoleLines,
        List<String> tags) {
    public static CaptureMessage of(CaptureRecord capture) {
        return new CaptureMessage(
                capture.id(),
                capture.name(),
                capture.state().word(),
                capture.startedAtMillis(),
                capture.stoppedAtMillis(),
                capture.stopReason(),
                capture.aggregates(),
                capture.probes(),
                TargetMessage.of(capture.target()),
                losses(capture.losses()),
                true,
                capture.intervalMillis(),
                capture.arguments(),
                capture.script(),
                capture.host().name(),
                capture.host().kernel(),
                capture.totals(),
                capture.consoleLines(),
                capture.tags());
    }

    private static LossReport losses(LossRecord losses) {
        return new LossReport(
                losses.hits(),
                losses.skippedSelf(),
                losses.skippedNoEntry(),
                losses.lostEvents(),
                losses.lostKeys(),
                losses.lostUpdates(),
                losses.lostReturns(),
                losses.readFaults(),
                losses.recursionMisses(),
                losses.softErrors(),
                losses.keys(),
                losses.keyCapacity(),
                losses.nanosPerHit(),
                losses.lost(),
                new Accounts(
                        losses.fired(),
                        losses.updates(),
                        losses.applied(),
                        losses.unsettled(),
                        losses.events(),
                        losses.consumed(),
                        losses.malformed()),
                losses.probes().stream()
                        .map(each -> new ProbeFigures(
                                each.handler(), each.hits(), each.lost(), each.nanosPerHit(), each.estimated()))
                        .toList());
    }
}
