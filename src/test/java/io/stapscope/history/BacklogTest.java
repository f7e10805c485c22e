package io.stapscope.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private final Backlog backlog = new Backlog(3, 2 * line(1).bytes());

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
        assertThat(backlog.next().lines()).extracting(ConsoleBlock::seq).containsExactly(2L, 3L);
        assertThat(backlog.refused()).isEqualTo(1);
    }

    @Test
    void linesOnTheirWayAreNotGivenUpAndComeBackWhenTheyDoNotArrive() {
        backlog.put(List.of(line(1), line(2)));
        assertThat(backlog.next().lines()).extracting(ConsoleBlock::seq).containsExactly(1L, 2L);
        backlog.put(List.of(line(3)));
        assertThat(backlog.refused()).isZero();
        assertThat(backlog.lines().take()).extracting(ConsoleBlock::seq).containsExactly(3L);
        var again = backlog.next();
        assertThat(again.lines()).extracting(ConsoleBlock::seq).containsExactly(1L, 2L);
        backlog.stored(again);
        assertThat(backlog.refused()).isZero();
        assertThat(backlog.isEmpty()).isTrue();
    }

    @Test
    void aBlockThatIsGivenUpCountsItsLines() {
        backlog.put(List.of(new ConsoleBlock(1, 0, "out", 7, "1\n2\n3\n4\n5\n6\n7"), line(8), line(9)));
        assertThat(backlog.refused()).isEqualTo(7);
        assertThat(backlog.status(0, 0, null).pendingLines()).isEqualTo(2);
    }

    private static Row.Minute minute(int number, long seq) {
        return new Row.Minute(new SeriesKey(0, 0), number, seq, 1, 1, 1, 1, null, new byte[0]);
    }

    private static ConsoleBlock line(long seq) {
        return new ConsoleBlock(seq, 0, "out", 1, "line");
    }
}
