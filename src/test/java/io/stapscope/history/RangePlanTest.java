package io.stapscope.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RangePlanTest {
    @Test
    void showsEverySecondWhenThereIsRoom() {
        assertThat(RangePlan.of(10, 70, 100, 1000)).isEqualTo(new RangePlan(true, 10, 1, 60));
    }

    @Test
    void takesMinutesWhereSecondsDoNotFit() {
        assertThat(RangePlan.of(0, 86_400, 1440, 1000)).isEqualTo(new RangePlan(false, 0, 60, 1440));
        assertThat(RangePlan.of(30, 7_230, 10, 1000)).isEqualTo(new RangePlan(false, 0, 900, 9));
    }

    @Test
    void readsNoMoreThanSixHoursOfSeconds() {
        assertThat(RangePlan.of(0, RangePlan.MOST_SECONDS, 2000, 1000).seconds())
                .isTrue();
        assertThat(RangePlan.of(0, RangePlan.MOST_SECONDS + 1, 2000, 1000).seconds())
                .isFalse();
    }

    @Test
    void hasNoColumnShorterThanAWindow() {
        assertThat(RangePlan.of(0, 60, 600, 10_000).stepSeconds()).isEqualTo(10);
        assertThat(RangePlan.of(0, 60, 600, 100).stepSeconds()).isEqualTo(1);
    }

    @Test
    void isEmptyForAnEmptyRange() {
        assertThat(RangePlan.of(5, 5, 10, 1000).columns()).isZero();
        assertThat(RangePlan.of(9, 5, 10, 1000).columns()).isZero();
    }

    @Test
    void coversTheRangeInAlignedColumnsThatFit() {
        var random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            long from = random.nextLong(1 << 20);
            long to = from + 1 + random.nextLong(1L << random.nextInt(1, 28));
            int most = 1 + random.nextInt(2000);
            var plan = RangePlan.of(from, to, most, 1000);
            assertThat(plan.columns()).isBetween(1, most);
            assertThat(plan.firstSecond()).isLessThanOrEqualTo(from).isGreaterThan(from - plan.stepSeconds());
            assertThat(plan.endSecond()).isGreaterThanOrEqualTo(to).isLessThan(to + plan.stepSeconds());
            assertThat(plan.firstSecond() % plan.stepSeconds()).isZero();
            assertThat(plan.seconds() ? 60 % plan.stepSeconds() : plan.stepSeconds() % 60)
                    .isZero();
        }
    }
}
