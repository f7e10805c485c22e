package io.stapscope.capture;

import io.stapscope.history.ConsoleBlock;
import io.stapscope.history.Facet;
import io.stapscope.history.KeyPart;
import io.stapscope.history.LossRecord;
import io.stapscope.history.ProbeHits;
import io.stapscope.history.WindowRecord;
import io.stapscope.pipeline.FrameFigures;
import io.stapscope.pipeline.Interval;
import io.stapscope.pipeline.LiveSeries;
import io.stapscope.pipeline.LogBlock;
import io.stapscope.pipeline.LossReport;
import io.stapscope.pipeline.RunClock;
import io.stapscope.pipeline.SeriesDelta;
import java.util.ArrayList;
import java.util.List;

/** Puts what the pipeline makes into the records the store takes. */
final class HistoryFeed {
    private HistoryFeed() {}

    static WindowRecord window(Interval interval, RunClock clock, long lines, FrameFigures frames) {
        var deltas = new ArrayList<WindowRecord.Delta>();
        interval.aggregates().forEach((agg, aggregate) -> aggregate
                .facets()
                .values()
                .forEach(series -> series.forEach(delta -> deltas.add(delta(agg, delta)))));
        long start = clock.millis(interval.startNanos());
        return new WindowRecord(
                interval.seq() - 1,
                start,
                clock.millis(interval.endNanos()) - start,
                opened(interval),
                deltas,
                losses(interval.losses(), lines, frames));
    }

    /** The live stream takes the totals for granted; the store wants them opened like every other series. */
    private static List<WindowRecord.Series> opened(Interval interval) {
        var opened = new ArrayList<WindowRecord.Series>();
        if (interval.seq() == 1) {
            interval.aggregates()
                    .keySet()
                    .forEach(agg -> opened.add(new WindowRecord.Series(agg, 0, Facet.TOTAL, List.of())));
        }
        interval.opened().forEach(series -> opened.add(series(series)));
        return opened;
    }

    static List<ConsoleBlock> lines(List<LogBlock> blocks) {
        return blocks.stream()
                .map(block -> new ConsoleBlock(
                        block.seq(), block.millis(), block.error() ? "err" : "out", block.lines(), block.text()))
                .toList();
    }

    /**
     * @param lines printed so far
     * @param frames what was sent to who watches
     */
    static LossRecord losses(LossReport losses, long lines, FrameFigures frames) {
        var accounts = losses.accounts();
        return new LossRecord(
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
                accounts.fired(),
                accounts.updates(),
                accounts.applied(),
                accounts.unsettled(),
                accounts.events(),
                accounts.consumed(),
                accounts.malformed(),
                lines,
                new LossRecord.Frames(frames.made(), frames.told(), frames.missed()),
                losses.probes().stream()
                        .map(each -> new ProbeHits(
                                each.handler(), each.hits(), each.lost(), each.nanosPerHit(), each.estimated()))
                        .toList());
    }

    private static WindowRecord.Delta delta(int agg, SeriesDelta delta) {
        return new WindowRecord.Delta(
                agg,
                delta.series(),
                delta.count(),
                delta.sum(),
                delta.min(),
                delta.max(),
                delta.buckets(),
                delta.counts());
    }

    static WindowRecord.Series series(LiveSeries series) {
        var keys = series.keys().stream()
                .map(key -> new KeyPart(key.kind().word(), key.value().toString(), key.label(), key.note()))
                .toList();
        return new WindowRecord.Series(
                series.agg(), series.id(), Facet.valueOf(series.facet().name()), keys);
    }
}
