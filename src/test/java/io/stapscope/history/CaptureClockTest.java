package io.stapscope.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureClockTest {
    @ParameterizedTest
    @CsvSource({
        // start, length, second, first, last
        "0, 1000, 0, 0, 0",
        "4970, 1000, 5, 5, 5",
        "5030, 1000, 5, 5, 5",
        "5100, 100, 5, 5, 5",
        "5950, 100, 6, 6, 6",
        "10000, 10000, 15, 10, 19",
        "9980, 3010, 11, 10, 12",
        "0, 3, 0, 0, 0",
    })
    void findsTheSecondsOfAWindow(long start, long length, long second, long first, long last) {
        var clock = new CaptureClock(0);
        assertThat(clock.secondOf(start, length)).isEqualTo(second);
        assertThat(clock.firstSecond(start, length)).isEqualTo(first);
        assertThat(clock.lastSecond(start, length)).isEqualTo(last);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 249, 250, 400, 499, 500, 501, 749, 750, 999})
    void givesEveryWindowASecondOfItsOwnWhateverTheirPhase(int phase) {
        var clock = CaptureClock.startingWith(phase);
        var random = new Random(phase);
        long before = -1;
        for (int window = 0; window < 1000; window++) {
            long start = phase + window * 1000L + random.nextInt(-200, 201);
            long second = clock.secondOf(start, 1000);
            assertThat(second).isBetween((long) window, window + 1L);
            assertThat(before == -1 || second == before + 1).isTrue();
            assertThat(clock.firstSecond(start, 1000)).isLessThanOrEqualTo(second);
            before = second;
        }
    }
}
