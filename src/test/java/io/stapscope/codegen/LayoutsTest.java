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
        assertThat(Counter.values()).hasSizeLessThanOrEqualTo(CounterLayout.ROW / 8);
        assertThat(CounterLayout.offset(1, Counter.HITS)).isEqualTo(128);
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
