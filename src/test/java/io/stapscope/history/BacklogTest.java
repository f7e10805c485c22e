package io.stapscope.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private final Backlog backlog = new Backlog(3, 2);

    @Test
    void keepsWhatCameWhileABatchWasWritten() {
        backlog.put(minute(0, 1));
        backlog.put(minute(1, 1));
        var batch = backlog.next();
        backlog.put(minute(1, 2));
        backlog.stored(batch);
        assertThat(backlog.next().minutes()).extracting(Row.Minute::seq).containsExactly(2L);
    }

    @Test
    void givesUpTheOldestMinutesAsGaps() {
        backlog.put(new Row.Known(0, 0, 0b1111, LossRecord.NONE));
        for (int number = 0; number < 5; number++) {
            backlog.put(minute(number, number));
        }
        backlog.put(new Row.Known(0, 9, 0b11111, LossRecord.NONE));
        var batch = backlog.next();
        assertThat(batch.minutes()).extracting(Row.Minute::minute).containsExactly(2, 3, 4);
        assertThat(batch.known())
                .extracting(Row.Known::minute, Row.Known::secondsKnown)
                .containsExactly(tuple(0, 0L), tuple(1, 0L));
        assertThat(backlog.refused()).isEqualTo(2);
    }

    @Test
    void givesUpTheOldestLines() {
        backlog.put(List.of(line(1), line(2), line(3)));
        assertThat(backlog.next().lines()).extracting(ConsoleLine::seq).containsExactly(2L, 3L);
        assertThat(backlog.refused()).isEqualTo(1);
    }

    @Test
    void linesThatWereGivenUpOnTheirWayAreNotLost() {
        backlog.put(List.of(line(1), line(2)));
        var batch = backlog.next();
        backlog.put(List.of(line(3)));
        assertThat(backlog.refused()).isEqualTo(1);
        backlog.stored(batch);
        assertThat(backlog.refused()).isZero();
        assertThat(backlog.next().lines()).extracting(ConsoleLine::seq).containsExactly(3L);
    }

    private static Row.Minute minute(int number, long seq) {
        return new Row.Minute(new SeriesKey(0, 0), number, seq, 1, 1, 1, 1, null, new byte[0]);
    }

    private static ConsoleLine line(long seq) {
        return new ConsoleLine(seq, 0, "out", "line");
    }
}
