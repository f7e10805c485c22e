package io.stapscope.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.codegen.layout.AggregateLayout;
import io.stapscope.codegen.layout.CounterLayout;
import io.stapscope.codegen.layout.CounterLayout.Counter;
import io.stapscope.codegen.layout.SessionLayout;
import io.stapscope.codegen.layout.StatisticLayout;
import io.stapscope.compiler.ir.Global.LinearScale;
import io.stapscope.compiler.type.Type;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayoutsTest {
    @Test
    void aggregatesHoldAllBuckets() {
        assertThat(AggregateLayout.BUCKET_COUNT).isEqualTo(977);
        assertThat(AggregateLayout.bucket(-488)).isEqualTo(AggregateLayout.BUCKETS);
        assertThat(AggregateLayout.bucket(488) + 4).isEqualTo(AggregateLayout.LINEAR_BELOW);
        assertThat(AggregateLayout.of(null).size()).isEqualTo(3944);
        assertThat(AggregateLayout.of(new LinearScale(0, 10, 5)).size()).isEqualTo(3960);
    }

    @Test
    void countersOfOneCpuShareNoCacheLineWithAnother() {
        var few = CounterLayout.shared(2, List.of(4, 7));
        assertThat(few.size()).isEqualTo(256);
        assertThat(few.offsets(Counter.SKIPPED_SELF)).containsExactly(0, 128);
        assertThat(few.offsets(Counter.EVENTS)).containsExactly(80, 208);
        assertThat(few.hits(4)).containsExactly(88, 216);
        assertThat(few.hits(7)).containsExactly(96, 224);
        assertThat(few.lost(4)).containsExactly(104, 232);
        assertThat(few.lost(7)).containsExactly(112, 240);
        assertThat(few.hits(5)).isEmpty();
    }

    @Test
    void programsThatInterruptEachOtherHaveCountersOfTheirOwn() {
        var blocks = new CounterBlocks(2, true, List.of(0, 1, 2));
        blocks.add(blocks.next(List.of(0, 1)));
        blocks.add(blocks.next(List.of(1, 2)));
        var layout = blocks.layout();
        assertThat(layout.size()).isEqualTo(512);
        assertThat(layout.offsets(Counter.FIRED)).containsExactly(64, 192, 320, 448);
        assertThat(layout.hits(0)).containsExactly(88, 216);
        assertThat(layout.hits(1)).containsExactly(96, 224, 344, 472);
        assertThat(layout.hits(2)).containsExactly(352, 480);
    }

    @Test
    void rowsGrowWithTheHandlers() {
        var many = new CounterLayout.Block(
                128, java.util.stream.IntStream.range(0, 400).boxed().toList());
        assertThat(many.row()).isEqualTo(6528).isGreaterThanOrEqualTo(many.lost(399) + 8);
    }

    @Test
    void theStateSharesNoCacheLineWithWhatIsCountedUp() {
        var session = new SessionLayout(List.of(5, 9), List.of(3), List.of(1, 2));
        assertThat(session.startTime(9)).isEqualTo(48);
        assertThat(session.nextSlot(3)).isEqualTo(64);
        assertThat(session.sequence(2)).isEqualTo(80);
        assertThat(session.size()).isEqualTo(88);
    }

    @Test
    void statisticsHaveOneSlotForKeysWithoutRoom() {
        var script = new Script();
        var keyed = StatisticLayout.of(script.statistic(10, Type.LONG, Type.STRING), 2);
        assertThat(keyed.key().size()).isEqualTo(24);
        assertThat(keyed.otherSlot()).isEqualTo(keyed.slots() - 1).isGreaterThanOrEqualTo(10);
        assertThat(keyed.index(1, 0)).isEqualTo(keyed.slots());
        assertThat(StatisticLayout.of(script.statistic(1), 2).slots()).isEqualTo(1);
    }
}
