package io.stapscope.kernel.ringbuffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RingBufferCursorTest {
    private static final int SIZE = 4096;
    private static final int BUSY = 1 << 31;
    private static final int DISCARDED = 1 << 30;

    private final ByteBuffer consumer = ByteBuffer.allocateDirect(SIZE).order(ByteOrder.nativeOrder());
    private final ByteBuffer producer =
            ByteBuffer.allocateDirect(SIZE + 2 * SIZE).order(ByteOrder.nativeOrder());
    private final RingBufferCursor cursor = new RingBufferCursor(consumer, producer, SIZE);

    @Test
    void discardedRecordsAreSkippedAndBusyOnesEndTheRead() {
        produce(0, 8, 11);
        produce(16, 8 | DISCARDED, 12);
        produce(32, 5, 13);
        produce(48, 8 | BUSY, 14);
        producer.putLong(0, 64);

        assertThat(drain(100)).containsExactly(11L, 13L);
        assertThat(consumer.getLong(0)).isEqualTo(48);
        assertThat(cursor.pendingBytes()).isEqualTo(16);

        produce(48, 8, 14);
        assertThat(drain(100)).containsExactly(14L);
        assertThat(cursor.pendingBytes()).isZero();
    }

    @Test
    void noMoreThanAskedForIsHandedOver() {
        for (int i = 0; i < 200; i++) {
            produce(i * 16, 8, i);
        }
        producer.putLong(0, 200 * 16);

        assertThat(drain(150)).hasSize(150);
        assertThat(consumer.getLong(0)).isEqualTo(150 * 16);
        assertThat(drain(150)).hasSize(50).endsWith(199L);
    }

    @Test
    void aRecordWhoseHandlerFailedIsNotMetAgain() {
        produce(0, 8, 1);
        produce(16, 8, 2);
        producer.putLong(0, 32);

        assertThatThrownBy(() -> cursor.drain(
                        (data, offset, length) -> {
                            throw new IllegalArgumentException("handler");
                        },
                        10))
                .hasMessage("handler");
        assertThat(drain(10)).containsExactly(2L);
    }

    @Test
    void impossibleLengthsAndPositionsAreRefused() {
        produce(0, 100, 1);
        producer.putLong(0, 16);
        assertThatThrownBy(() -> drain(1)).isInstanceOf(RingBufferException.class);

        producer.putLong(0, SIZE + 1);
        assertThatThrownBy(() -> drain(1)).isInstanceOf(RingBufferException.class);
    }

    @Test
    void randomBytesGiveRecordsInsideTheDataOrATypedError() {
        var random = new Random(1);
        var bytes = new byte[2 * SIZE];
        for (int round = 0; round < 2000; round++) {
            random.nextBytes(bytes);
            producer.put(SIZE, bytes);
            for (int at = 0; at < 2 * SIZE; at += 8) {
                producer.putInt(SIZE + at, random.nextInt(40) | (random.nextInt(8) == 0 ? DISCARDED : 0));
            }
            long start = random.nextInt(1 << 20) * 8L;
            consumer.putLong(0, start);
            producer.putLong(0, start + random.nextInt(SIZE + 16));
            try {
                cursor.drain(
                        (data, offset, length) -> assertThat(offset + length).isBetween(0, data.limit()), 1000);
            } catch (RingBufferException expected) {
                assertThat(expected).hasMessageContaining("bytes");
            }
        }
    }

    private List<Long> drain(int maxRecords) {
        var seen = new ArrayList<Long>();
        int handled = cursor.drain((data, offset, length) -> seen.add(data.getLong(offset)), maxRecords);
        assertThat(seen).hasSize(handled);
        return seen;
    }

    private void produce(int at, int header, long payload) {
        producer.putInt(SIZE + at, header).putLong(SIZE + at + 8, payload);
    }
}
