package io.stapscope.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class HistogramTextTest {
    private static final String DASHES = "-".repeat(50);

    @Test
    void aLogHistogramShowsTwoRowsAroundWhatIsUsed() {
        var histogram = new Histogram();
        LongStream.of(8, 9, 15, 17).forEach(histogram::add);
        assertThat(HistogramText.log(histogram))
                .isEqualTo("value |" + DASHES + " count\n"
                        + row("    2", 0, "0", 1)
                        + row("    4", 0, "0", 1)
                        + row("    8", 3, "3", 1)
                        + row("   16", 1, "1", 1)
                        + row("   32", 0, "0", 1)
                        + row("   64", 0, "0", 1)
                        + "\n");
    }

    @Test
    void rowsFarFromWhatIsUsedAreElided() {
        var histogram = new Histogram();
        LongStream.of(0, 1 << 20).forEach(histogram::add);
        assertThat(HistogramText.log(histogram))
                .isEqualTo("  value |" + DASHES + " count\n"
                        + row("      0", 1, "1", 1)
                        + row("      1", 0, "0", 1)
                        + row("      2", 0, "0", 1)
                        + "        ~\n"
                        + row(" 262144", 0, "0", 1)
                        + row(" 524288", 0, "0", 1)
                        + row("1048576", 1, "1", 1)
                        + row("2097152", 0, "0", 1)
                        + row("4194304", 0, "0", 1)
                        + "\n");
    }

    @Test
    void negativeValuesAreMirrored() {
        var histogram = new Histogram();
        LongStream.of(-3, -1, 1).forEach(histogram::add);
        assertThat(HistogramText.log(histogram))
                .isEqualTo("value |" + DASHES + " count\n"
                        + row("   -8", 0, "0", 1)
                        + row("   -4", 0, "0", 1)
                        + row("   -2", 1, "1", 1)
                        + row("   -1", 1, "1", 1)
                        + row("    0", 0, "0", 1)
                        + row("    1", 1, "1", 1)
                        + row("    2", 0, "0", 1)
                        + row("    4", 0, "0", 1)
                        + "\n");
    }

    @Test
    void barsAreScaledWhenTheGreatestCountIsAboveFifty() {
        var histogram = new Histogram();
        histogram.addBucket(0, 101);
        histogram.addBucket(1, 50);
        histogram.addBucket(2, 2);
        assertThat(HistogramText.log(histogram))
                .isEqualTo("value |" + DASHES + " count\n"
                        + row("    0", 33, "101", 3)
                        + row("    1", 16, "50", 3)
                        + row("    2", 0, "2", 3)
                        + row("    4", 0, "0", 3)
                        + row("    8", 0, "0", 3)
                        + "\n");
    }

    @Test
    void theExtremesOfAllLongsHaveRows() {
        var histogram = new Histogram();
        LongStream.of(Long.MIN_VALUE, Long.MAX_VALUE).forEach(histogram::add);
        assertThat(HistogramText.log(histogram))
                .contains("-9223372036854775808 |@ ")
                .contains(" 4611686018427387904 |@ ");
    }

    @Test
    void aLinearHistogramHidesUnusedUnderflowAndOverflow() {
        var histogram = new LinearHistogram(0, 10240, 200);
        histogram.addSlot(1, 1650);
        histogram.addSlot(2, 8);
        histogram.addSlot(8, 1);
        assertThat(HistogramText.linear(histogram))
                .isEqualTo("value |" + DASHES + " count\n"
                        + row("    0", 50, "1650", 4)
                        + row("  200", 0, "8", 4)
                        + row("  400", 0, "0", 4)
                        + row("  600", 0, "0", 4)
                        + "      ~\n"
                        + row(" 1000", 0, "0", 4)
                        + row(" 1200", 0, "0", 4)
                        + row(" 1400", 0, "1", 4)
                        + row(" 1600", 0, "0", 4)
                        + row(" 1800", 0, "0", 4)
                        + "\n");
    }

    @Test
    void usedUnderflowAndOverflowAreMarked() {
        var histogram = new LinearHistogram(10, 30, 10);
        LongStream.of(9, 10, 19, 30, 39, 40, Long.MIN_VALUE, Long.MAX_VALUE).forEach(histogram::add);
        assertThat(HistogramText.linear(histogram))
                .isEqualTo("value |" + DASHES + " count\n"
                        + row("  <10", 2, "2", 1)
                        + row("   10", 2, "2", 1)
                        + row("   20", 0, "0", 1)
                        + row("   30", 2, "2", 1)
                        + row("  >30", 2, "2", 1)
                        + "\n");
    }

    @Test
    void linearHistogramsMergeOnlyWithTheirOwnScale() {
        var histogram = new LinearHistogram(0, 10, 1);
        histogram.add(3);
        var same = new LinearHistogram(0, 10, 1);
        same.add(3);
        histogram.merge(same);
        assertThat(histogram.countAt(4)).isEqualTo(2);
        assertThatThrownBy(() -> histogram.merge(new LinearHistogram(0, 10, 2)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LinearHistogram(0, 1000, 1)).hasMessageContaining("more than 126 buckets");
    }

    private static String row(String value, int bar, String count, int countWidth) {
        return value + " |" + "@".repeat(bar) + " ".repeat(50 - bar + 1 + countWidth - count.length()) + count + "\n";
    }
}
