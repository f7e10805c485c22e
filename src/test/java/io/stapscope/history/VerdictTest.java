package io.stapscope.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
    @Test
    void saysWhatIsMissingByName() {
        var losses = new LossRecord(
                100,
                1,
                5,
                7,
                8,
                9,
                16,
                10,
                11,
                12,
                13,
                14,
                15,
                105,
                0,
                0,
                0,
                7,
                0,
                3,
                0,
                LossRecord.Frames.NONE,
                List.of());
        assertThat(Verdict.losses(losses, 6))
                .containsExactly(
                        "lost_events=7",
                        "lost_keys=8",
                        "lost_updates=9",
                        "lost_returns=16",
                        "recursion_misses=11",
                        "malformed=3",
                        "store_refused=6");
        assertThat(Verdict.losses(LossRecord.NONE, 0)).isEmpty();
    }

    @Test
    void everyInvariantThatDoesNotHoldIsNamedWithItsSize() {
        assertThat(Verdict.balance(account(105, 50, 50, 0, 30, 23))).isEmpty();
        assertThat(Verdict.balance(account(106, 50, 50, 0, 30, 23))).isEqualTo(List.of("balance_hits=1"));
        assertThat(Verdict.balance(account(105, 50, 49, 0, 30, 23))).isEmpty(); // two updates failed and were counted
        assertThat(Verdict.balance(account(105, 50, 47, 0, 30, 23))).isEqualTo(List.of("balance_updates=1"));
        assertThat(Verdict.balance(account(105, 50, 51, 0, 30, 23))).isEqualTo(List.of("balance_updates=-1"));
        assertThat(Verdict.balance(account(105, 50, 50, 4, 30, 23))).isEqualTo(List.of("balance_buckets=4"));
        assertThat(Verdict.balance(account(105, 50, 50, 0, 30, 22))).isEqualTo(List.of("balance_events=1"));
    }

    private static LossRecord account(
            long fired, long updates, long applied, long unsettled, long events, long consumed) {
        return new LossRecord(
                100,
                0,
                5,
                7,
                0,
                2,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                fired,
                updates,
                applied,
                unsettled,
                events,
                consumed,
                0,
                0,
                LossRecord.Frames.NONE,
                List.of());
    }

    @Test
    void framesOfWhoWatchesAreAccountedFor() {
        assertThat(Verdict.balance(frames(9, 9, 0))).isEmpty();
        assertThat(Verdict.balance(frames(9, 7, 0))).containsExactly("balance_frames=2");
        assertThat(Verdict.balance(frames(9, 10, 3))).containsExactly("balance_frames=-1", "frames_missed=3");
    }

    private static LossRecord frames(long made, long told, long missed) {
        return new LossRecord(
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                new LossRecord.Frames(made, told, missed),
                List.of());
    }
}
