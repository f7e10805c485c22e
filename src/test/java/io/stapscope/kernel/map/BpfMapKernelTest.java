package io.stapscope.kernel.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stapscope.bpf.MapSpec;
import io.stapscope.bpf.MapSpec.MapType;
import io.stapscope.kernel.syscall.Errno;
import io.stapscope.kernel.syscall.KernelException;
import io.stapscope.kernel.syscall.NativeBuffer;
import io.stapscope.kernel.syscall.PossibleCpus;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("kernel")
@Timeout(30)
class BpfMapKernelTest {
    private final NativeBuffer key = NativeBuffer.allocate(4);
    private final NativeBuffer value = NativeBuffer.allocate(8);

    @Test
    void elementsAreWrittenReadAndDeleted() {
        try (var map = BpfMap.create(hash(100))) {
            put(7, 70);
            assertThat(map.lookup(key, value)).isFalse();
            map.update(key, value);
            put(7, 71);
            assertThat(map.insert(key, value)).isFalse();
            put(7, 0);
            assertThat(map.lookup(key, value)).isTrue();
            assertThat(value.bytes().getLong(0)).isEqualTo(70);
            assertThat(map.nextKey(null, key)).isTrue();
            assertThat(key.bytes().getInt(0)).isEqualTo(7);
            assertThat(map.nextKey(key, key)).isFalse();
            assertThat(map.delete(key)).isTrue();
            assertThat(map.delete(key)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 1000})
    void aBatchReadVisitsEveryEntryOnce(int entries) {
        try (var map = BpfMap.create(hash(1000))) {
            for (int i = 0; i < entries; i++) {
                put(i, i * 10L);
                map.update(key, value);
            }
            var found = new TreeMap<Integer, Long>();
            var reader = new HashReader(map, 16);
            for (int round = 0; round < 2; round++) {
                found.clear();
                int visited = reader.readAll((keys, keyOffset, values, valueOffset) ->
                        found.put(keys.getInt(keyOffset), values.getLong(valueOffset)));
                assertThat(visited).isEqualTo(entries);
                assertThat(found).hasSize(entries).allSatisfy((k, v) -> assertThat(v)
                        .isEqualTo(k * 10L));
            }
        }
    }

    @Test
    void perCpuValuesComeOneForEachPossibleCpu() {
        try (var map = BpfMap.create(new MapSpec("percpu", MapType.PERCPU_HASH, 4, 12, 10, false, true))) {
            assertThat(map.lookupSize()).isEqualTo(16 * PossibleCpus.count());
            var values = NativeBuffer.allocate(map.lookupSize());
            for (int cpu = 0; cpu < PossibleCpus.count(); cpu++) {
                values.bytes().putInt(cpu * map.stride(), cpu + 1);
            }
            map.update(key, values);
            values.bytes().putInt(0, 99);
            assertThat(map.lookup(key, values)).isTrue();
            assertThat(values.bytes().getInt(0)).isEqualTo(1);
        }
    }

    @Test
    void aMappedArrayIsSharedWithTheKernel() {
        try (var map = BpfMap.create(new MapSpec("array", MapType.ARRAY, 4, 8, 1000, true, true))) {
            map.view().putLong(999 * map.stride(), 0x1122334455667788L);
            put(999, 0);
            assertThat(map.lookup(key, value)).isTrue();
            assertThat(value.bytes().getLong(0)).isEqualTo(0x1122334455667788L);
            assertThat(map.memoryBytes()).isGreaterThanOrEqualTo(8000);
        }
    }

    @Test
    void taskStorageIsMadeWithItsTypes() {
        try (var map = BpfMap.create(new MapSpec("tasks", MapType.TASK_STORAGE, 4, 72, 0, false, false))) {
            assertThat(map.descriptor().isOpen()).isTrue();
        }
    }

    @Test
    void aBufferThatIsTooShortIsRefusedBeforeTheKernelSeesIt() {
        try (var map = BpfMap.create(hash(1))) {
            var small = NativeBuffer.allocate(4);
            assertThatThrownBy(() -> map.lookup(key, small))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("value buffer of 4 bytes, map hash needs 8");
        }
    }

    @Test
    void mapsBeyondTwoGigabytesAreRefused() {
        var huge = new MapSpec("huge", MapType.ARRAY, 4, 1 << 20, 1 << 12, true, true);
        assertThatThrownBy(() -> BpfMap.create(huge))
                .isInstanceOfSatisfying(
                        KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.E2BIG));
    }

    @Test
    void whatTheKernelRefusesCarriesItsErrno() {
        var odd = new MapSpec("odd", MapType.RINGBUF, 0, 0, 5000, false, true);
        assertThatThrownBy(() -> BpfMap.create(odd))
                .isInstanceOfSatisfying(
                        KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL))
                .hasMessageStartingWith("map odd: bpf(BPF_MAP_CREATE) failed with EINVAL");
    }

    private static MapSpec hash(int entries) {
        return new MapSpec("hash", MapType.HASH, 4, 8, entries, false, true);
    }

    private void put(int k, long v) {
        key.bytes().putInt(0, k);
        value.bytes().putLong(0, v);
    }
}
