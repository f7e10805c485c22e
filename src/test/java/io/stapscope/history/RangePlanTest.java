package io.stapscope.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RangePlanTest {
    private static final long DAY = Level.DAY.seconds();

    @Test
    void showsEverySecondWhenThereIsRoom() {
        assertThat(plan(10, 70, 100, Detail.fine()))
                .isEqualTo(new RangePlan(10, 70, 10, 1, 60, Level.SECOND, List.of(piece(Level.SECOND, 10, 70))));
    }

    @Test
    void takesMinutesInTheMiddleWhereSecondsDoNotFit() {
        assertThat(plan(0, DAY, 1440, Detail.fine()))
                .isEqualTo(new RangePlan(0, DAY, 0, 60, 1440, Level.SECOND, List.of(piece(Level.MINUTE, 0, DAY))));
        assertThat(plan(30, 7_230, 10, Detail.fine()))
                .isEqualTo(new RangePlan(
                        30,
                        7_230,
                        0,
                        900,
                        9,
                        Level.SECOND,
                        List.of(
                                piece(Level.SECOND, 30, 60),
                                piece(Level.MINUTE, 60, 7_200),
                                piece(Level.SECOND, 7_200, 7_230))));
    }

    @Test
    void takesDaysInTheMiddleAndFinerRowsTowardsTheRaggedEnds() {
        var plan = plan(3_599, 40 * DAY + 7_261, 1, everything(50));

        assertThat(plan.pieces())
                .containsExactly(
                        piece(Level.SECOND, 3_599, 3_600),
                        piece(Level.HOUR, 3_600, DAY),
                        piece(Level.DAY, DAY, 40 * DAY),
                        piece(Level.HOUR, 40 * DAY, 40 * DAY + 7_200),
                        piece(Level.MINUTE, 40 * DAY + 7_200, 40 * DAY + 7_260),
                        piece(Level.SECOND, 40 * DAY + 7_260, 40 * DAY + 7_261));
        assertThat(plan.coarsest()).isEqualTo(Level.DAY);
    }

    @Test
    void readsByMinutesWhatNobodyAddedUp() {
        var detail = everything(2);
        detail.hours().clear(5);
        detail.days().clear(0);

        assertThat(plan(0, 2 * DAY, 2, detail).pieces())
                .containsExactly(
                        piece(Level.HOUR, 0, 5 * 3_600),
                        piece(Level.MINUTE, 5 * 3_600, 6 * 3_600),
                        piece(Level.HOUR, 6 * 3_600, DAY),
                        piece(Level.DAY, DAY, 2 * DAY));
    }

    @Test
    void rangesWidenToTheRowsThatAreLeft() {
        var old = new Detail(
                20 * DAY, 10 * DAY, everything(30).hours(), everything(30).days());

        var minutes = plan(15 * DAY + 5, 15 * DAY + 65, 600, old);
        assertThat(minutes.from()).isEqualTo(15 * DAY);
        assertThat(minutes.to()).isEqualTo(15 * DAY + 120);
        assertThat(minutes.stepSeconds()).isEqualTo(60);
        assertThat(minutes.finest()).isEqualTo(Level.MINUTE);

        var hours = plan(5 * DAY + 5, 5 * DAY + 65, 600, old);
        assertThat(hours.from()).isEqualTo(5 * DAY);
        assertThat(hours.to()).isEqualTo(5 * DAY + 3_600);
        assertThat(hours.pieces()).containsExactly(piece(Level.HOUR, 5 * DAY, 5 * DAY + 3_600));

        var mixed = plan(5 * DAY + 5, 25 * DAY + 5, 2000, old);
        assertThat(mixed.from()).isEqualTo(5 * DAY);
        assertThat(mixed.to()).as("seconds are left there").isEqualTo(25 * DAY + 5);
        assertThat(mixed.stepSeconds()).isEqualTo(3_600);
        assertThat(mixed.finest()).isEqualTo(Level.HOUR);
    }

    @Test
    void readsNoMoreThanSixHoursOfSeconds() {
        assertThat(plan(0, RangePlan.MOST_SECONDS, 2000, Detail.fine()).coarsest())
                .isEqualTo(Level.SECOND);
        assertThat(plan(0, RangePlan.MOST_SECONDS + 60, 2000, Detail.fine()).coarsest())
                .isEqualTo(Level.MINUTE);
    }

    @Test
    void manySeriesGetLongerColumns() {
        var month = everything(30);
        assertThat(RangePlan.of(0, 30 * DAY, 600, 1000, month, 10).stepSeconds())
                .isEqualTo(7_200);
        assertThat(RangePlan.of(0, 30 * DAY, 600, 1000, month, 100).stepSeconds())
                .isEqualTo(DAY);
        assertThat(RangePlan.of(0, 3_600, 600, 1000, Detail.fine(), 1000).stepSeconds())
                .isEqualTo(60);
        var ragged = RangePlan.of(30, 3_630, 600, 1000, Detail.fine(), 1000);
        assertThat(ragged.pieces()).containsExactly(piece(Level.MINUTE, 0, 3_660));
        assertThat(RangePlan.of(30, 3_630, 600, 1000, Detail.fine(), 20).pieces())
                .as("1,220 minutes of seconds are too many")
                .containsExactly(
                        piece(Level.SECOND, 30, 60), piece(Level.MINUTE, 60, 3_600), piece(Level.SECOND, 3_600, 3_630));
        assertThatThrownBy(() -> RangePlan.of(0, 3_000 * DAY, 600, 1000, everything(3_000), 1000))
                .isInstanceOf(QuestionTooLargeException.class)
                .hasMessageContaining("3000000 stored rows");
    }

    @Test
    void hasNoColumnShorterThanAWindow() {
        assertThat(RangePlan.of(0, 60, 600, 10_000, Detail.fine(), 1).stepSeconds())
                .isEqualTo(10);
        assertThat(RangePlan.of(0, 60, 600, 100, Detail.fine(), 1).stepSeconds())
                .isEqualTo(1);
    }

    @Test
    void isEmptyForAnEmptyRange() {
        assertThat(plan(5, 5, 10, Detail.fine()).columns()).isZero();
        assertThat(plan(9, 5, 10, Detail.fine()).columns()).isZero();
    }

    @Test
    void piecesTileTheRangeExactlyAndEachRowLiesInOneColumn() {
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            long from = random.nextLong(1 << 22);
            long to = from + 1 + random.nextLong(1L << random.nextInt(1, 23));
            int most = 1 + random.nextInt(2000);
            var detail = random(random);
            var plan = RangePlan.of(from, to, most, 1000, detail, 1);

            assertThat(plan.columns()).isBetween(1, most);
            assertThat(plan.firstSecond())
                    .isLessThanOrEqualTo(plan.from())
                    .isGreaterThan(plan.from() - plan.stepSeconds());
            assertThat(plan.endSecond()).isGreaterThanOrEqualTo(plan.to()).isLessThan(plan.to() + plan.stepSeconds());
            assertThat(plan.firstSecond() % plan.stepSeconds()).isZero();

            widenedOnlyWhereFinerRowsAreGone(plan, from, to, detail);
            long at = plan.from();
            for (var piece : plan.pieces()) {
                assertThat(piece.from()).isEqualTo(at).isLessThan(piece.to());
                eachRowIsStoredAndInOneColumn(piece, plan, detail);
                at = piece.to();
            }
            assertThat(at).isEqualTo(plan.to());
        }
    }

    private static void widenedOnlyWhereFinerRowsAreGone(RangePlan plan, long from, long to, Detail detail) {
        assertThat(plan.from()).isEqualTo(detail.finest(from).floor(from));
        assertThat(plan.to()).isEqualTo(detail.finest(to - 1).ceil(to));
    }

    private static void eachRowIsStoredAndInOneColumn(RangePlan.Piece piece, RangePlan plan, Detail detail) {
        long unit = piece.level().seconds();
        for (long row = piece.from(); row < piece.to(); row += unit) {
            assertThat(row % unit).isZero();
            assertThat(row / plan.stepSeconds()).isEqualTo((row + unit - 1) / plan.stepSeconds());
            assertThat(piece.level().compareTo(Level.HOUR) < 0 || detail.has(piece.level(), row))
                    .isTrue();
        }
    }

    /** Hours and days are there up to some moment with holes, minutes and seconds from some moment on. */
    private static Detail random(Random random) {
        int hours = random.nextInt(2_400);
        var detail = everything(100);
        detail.hours().clear(hours, 2_400);
        detail.days().clear(hours / 24, 100);
        for (int i = 0; i < 5; i++) {
            int hole = random.nextInt(2_400);
            detail.hours().clear(hole);
            detail.days().clear(hole / 24);
        }
        long minutesFrom = random.nextBoolean() ? 0 : 3_600L * random.nextInt(hours + 1);
        long secondsFrom = random.nextBoolean() ? minutesFrom : minutesFrom + 60L * random.nextInt(100_000);
        return new Detail(secondsFrom, minutesFrom, detail.hours(), detail.days());
    }

    private static Detail everything(int days) {
        var all = new BitSet();
        all.set(0, days);
        var hours = new BitSet();
        hours.set(0, days * 24);
        return new Detail(0, 0, hours, all);
    }

    private static RangePlan plan(long from, long to, int columns, Detail detail) {
        return RangePlan.of(from, to, columns, 1000, detail, 1);
    }

    private static RangePlan.Piece piece(Level level, long from, long to) {
        return new RangePlan.Piece(level, from, to);
    }
}
