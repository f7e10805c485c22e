package io.stapscope.kernel.ringbuffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.bpf.MapSpec;
import io.stapscope.bpf.MapSpec.MapType;
import io.stapscope.kernel.TestPrograms;
import io.stapscope.kernel.Workload;
import io.stapscope.kernel.inspect.LiveKernelTypes;
import io.stapscope.kernel.link.KernelObjects;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("kernel")
@Timeout(30)
class RingBufferReaderKernelTest {
    private static final LiveKernelTypes TYPES = LiveKernelTypes.read();
    private static final int RING_SIZE = 4096;
    private static final int RECORD_SIZE = 24;
    private static final int NO_WAKEUP = 1;
    private static final int FORCE_WAKEUP = 2;

    private final KernelObjects objects = new KernelObjects();
    private long openBefore;

    @BeforeEach
    void countOpen() {
        openBefore = Workload.openKernelObjects();
    }

    @AfterEach
    void nothingIsLeftBehind() {
        objects.close();
        assertThat(Workload.openKernelObjects()).isEqualTo(openBefore);
    }

    @Test
    void producedIsDeliveredPlusDropped() {
        try (var reader = open(NO_WAKEUP)) {
            objects.attachAll();
            Workload.getppid(1000);
            objects.detach();
            var seen = new ArrayList<Long>();
            int delivered = reader.drain((data, offset, length) -> seen.add(data.getLong(offset)), Integer.MAX_VALUE);

            var counts = objects.map("counts").view();
            assertThat(counts.getLong(0)).isEqualTo(1000);
            assertThat(delivered).isEqualTo(RING_SIZE / RECORD_SIZE);
            assertThat(delivered + counts.getLong(8)).isEqualTo(1000);
            assertThat(seen).hasSize(delivered).isSorted().startsWith(100L, 101L);
            assertThat(reader.pendingBytes()).isZero();
        }
    }

    @Test
    void recordsAreReadAcrossTheEndOfTheRing() {
        try (var reader = open(NO_WAKEUP)) {
            objects.attachAll();
            var seen = new ArrayList<Long>();
            for (int round = 0; round < 20; round++) {
                Workload.getppid(50);
                assertThat(reader.pendingBytes()).isEqualTo(50 * RECORD_SIZE);
                int inTwo = reader.drain((data, offset, length) -> seen.add(data.getLong(offset)), 20)
                        + reader.drain((data, offset, length) -> seen.add(data.getLong(offset)), 1000);
                assertThat(inTwo).isEqualTo(50);
            }
            assertThat(seen).hasSize(1000).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void aForcedWakeupEndsTheWait() {
        try (var reader = open(FORCE_WAKEUP)) {
            assertThat(reader.await(0)).isFalse();
            objects.attachAll();
            Workload.getppid(1);
            objects.detach();
            assertThat(reader.await(10_000)).isTrue();
            assertThat(reader.drain((data, offset, length) -> assertThat(length).isEqualTo(16), 10))
                    .isEqualTo(1);
            assertThat(reader.await(0)).isFalse();
        }
    }

    private RingBufferReader open(int flags) {
        objects.create(new MapSpec("counts", MapType.ARRAY, 4, 16, 1, true, true));
        var ring = objects.create(new MapSpec("ring", MapType.RINGBUF, 0, 0, RING_SIZE, false, true));
        objects.load(TestPrograms.sending(flags), TYPES);
        return RingBufferReader.open(ring);
    }
}
