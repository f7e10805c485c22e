package io.stapscope.api.live;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stapscope.pipeline.Key;
import io.stapscope.pipeline.LiveMessage;
import io.stapscope.pipeline.LogLine;
import io.stapscope.pipeline.LossReport;
import io.stapscope.pipeline.SeriesDelta;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts messages into binary frames: an 8-byte little-endian header (type, flags, aggregate u16, sequence u32) and a body of
 * LEB128 numbers or UTF-8 JSON. The samples under {@code protocol/} of the test resources show every kind.
 */
public final class FrameEncoder {
    static final int DICT = 1;
    static final int SNAPSHOT = 2;
    static final int DELTA = 3;
    static final int STATS = 5;
    static final int LOG = 6;
    static final int EVENT = 7;
    static final int COALESCED = 8;

    static final int PARTIAL = 1;
    static final int GAP = 2;
    static final int LOST = 4;

    private static final ObjectMapper JSON = new ObjectMapper();

    private FrameEncoder() {}

    public static byte[] encode(LiveMessage message) {
        return switch (message) {
            case LiveMessage.Dictionary dictionary ->
                header(DICT, 0, dictionary.agg(), dictionary.seq())
                        .bytes(json(SeriesJson.of(dictionary)))
                        .toBytes();
            case LiveMessage.Snapshot snapshot -> snapshot(snapshot);
            case LiveMessage.Delta delta ->
                column(
                                header(
                                        DELTA,
                                        flags(delta.column()),
                                        delta.agg(),
                                        delta.column().seq()),
                                delta.column())
                        .toBytes();
            case LiveMessage.Coalesced coalesced -> coalesced(coalesced);
            case LiveMessage.Stats stats ->
                header(STATS, 0, 0, stats.seq())
                        .bytes(json(new StatsJson(stats.losses(), stats.millis())))
                        .toBytes();
            case LiveMessage.Log log ->
                header(LOG, 0, 0, log.seq()).bytes(json(LogJson.of(log))).toBytes();
            case LiveMessage.Event event ->
                header(EVENT, 0, 0, event.seq())
                        .bytes(json(new EventJson(event.millis(), event.kind(), event.text(), event.state())))
                        .toBytes();
        };
    }

    private static byte[] snapshot(LiveMessage.Snapshot snapshot) {
        var frame = header(SNAPSHOT, 0, snapshot.agg(), snapshot.seq());
        frame.unsigned(snapshot.columns().size());
        for (var column : snapshot.columns()) {
            column(frame.unsigned(column.seq()).u8(flags(column)), column);
        }
        frame.unsigned(snapshot.totals().size());
        for (var total : snapshot.totals()) {
            frame.unsigned(total.series()).unsigned(total.count());
        }
        return frame.toBytes();
    }

    private static byte[] coalesced(LiveMessage.Coalesced coalesced) {
        var column = coalesced.column();
        var frame = header(COALESCED, flags(column), coalesced.agg(), column.seq());
        return column(frame.unsigned(coalesced.firstSeq()), column).toBytes();
    }

    private static FrameBytes column(FrameBytes frame, LiveMessage.Column column) {
        frame.unsigned(column.startMillis())
                .unsigned(column.lengthMillis())
                .unsigned(column.series().size());
        int previous = 0;
        for (var delta : column.series()) {
            frame.unsigned(delta.series() - previous).unsigned(delta.count());
            previous = delta.series();
            buckets(frame, delta);
        }
        return frame;
    }

    private static void buckets(FrameBytes frame, SeriesDelta delta) {
        frame.unsigned(delta.buckets().length);
        int previous = 0;
        for (int i = 0; i < delta.buckets().length; i++) {
            frame.signed(delta.buckets()[i] - previous).unsigned(delta.counts()[i]);
            previous = delta.buckets()[i];
        }
    }

    private static int flags(LiveMessage.Column column) {
        return (column.partial() ? PARTIAL : 0) | (column.gap() ? GAP : 0) | (column.lost() ? LOST : 0);
    }

    private static FrameBytes header(int type, int flags, int agg, long seq) {
        return new FrameBytes().u8(type).u8(flags).u16(agg).u32(seq);
    }

    private static byte[] json(Object body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private record SeriesJson(List<Entry> series, int of) {
        static SeriesJson of(LiveMessage.Dictionary dictionary) {
            return new SeriesJson(
                    dictionary.series().stream().map(SeriesJson::entry).toList(), dictionary.of());
        }

        private static Entry entry(LiveMessage.Told told) {
            var series = told.series();
            return new Entry(
                    series.id(),
                    series.facet().word(),
                    series.keys().stream().map(FrameEncoder::key).toList(),
                    Long.toString(told.count()));
        }

        /** @param count as text: a number of JSON is exact up to 2^53 in a page */
        record Entry(int id, String facet, List<KeyJson> keys, String count) {}
    }

    private static KeyJson key(Key key) {
        return new KeyJson(key.kind().word(), key.value(), key.label(), key.note());
    }

    private record KeyJson(
            String kind,
            Object value,
            String label,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String note) {}

    /** The accounts are not for a page: each of their figures is a loss where it counts. */
    private record StatsJson(
            @JsonUnwrapped @JsonIgnoreProperties("accounts") LossReport losses, long t) {}

    private record LogJson(List<Line> lines, long dropped) {
        static LogJson of(LiveMessage.Log log) {
            return new LogJson(log.lines().stream().map(LogJson::line).toList(), log.dropped());
        }

        private static Line line(LogLine line) {
            return new Line(line.seq(), line.millis(), line.error() ? "err" : "out", line.text());
        }

        record Line(long seq, long t, String stream, String text) {}
    }

    private record EventJson(long t, String kind, String text, String state) {}
}
