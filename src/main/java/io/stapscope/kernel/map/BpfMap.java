package io.stapscope.kernel.map;

import io.stapscope.bpf.MapSpec;
import io.stapscope.bpf.MapSpec.MapType;
import io.stapscope.kernel.abi.BpfCommand;
import io.stapscope.kernel.abi.MapElementAttr;
import io.stapscope.kernel.syscall.Bpf;
import io.stapscope.kernel.syscall.Descriptor;
import io.stapscope.kernel.syscall.Errno;
import io.stapscope.kernel.syscall.KernelException;
import io.stapscope.kernel.syscall.Mapping;
import io.stapscope.kernel.syscall.NativeBuffer;
import io.stapscope.kernel.syscall.PossibleCpus;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One map in the kernel. Element calls use buffers of the caller and allocate nothing; they exclude each other, so that a
 * map may be used from several threads.
 */
public final class BpfMap implements AutoCloseable {
    private final MapSpec spec;
    private final Descriptor descriptor;
    private final NativeBuffer attr = NativeBuffer.allocate(MapElementAttr.SIZE);
    private @Nullable Mapping mapping;

    private BpfMap(MapSpec spec, Descriptor descriptor) {
        this.spec = spec;
        this.descriptor = descriptor;
    }

    /** @throws io.stapscope.kernel.syscall.KernelException when the kernel refuses it */
    public static BpfMap create(MapSpec spec) {
        var map = new BpfMap(spec, MapFactory.create(spec));
        if (spec.isConstant()) {
            try {
                map.fill();
            } catch (KernelException e) {
                map.close();
                throw e;
            }
        }
        return map;
    }

    /** Writes the constant value, and lets nobody change it from here on. */
    private synchronized void fill() {
        var bytes = NativeBuffer.of(spec.contents().getBytes(StandardCharsets.ISO_8859_1));
        update(NativeBuffer.allocate(spec.keySize()), bytes);
        attr.bytes().putInt(MapElementAttr.MAP_FD, descriptor.number());
        long result = Bpf.call(BpfCommand.MAP_FREEZE, attr, Integer.BYTES);
        Bpf.orThrow(BpfCommand.MAP_FREEZE, result, what());
    }

    public MapSpec spec() {
        return spec;
    }

    public String name() {
        return spec.name();
    }

    public Descriptor descriptor() {
        return descriptor;
    }

    /**
     * Bytes that a lookup fills: the value, or for a per-CPU map one value for each possible CPU, each at a multiple of
     * {@link #stride}.
     */
    public int lookupSize() {
        return isPerCpu() ? Math.multiplyExact(stride(), PossibleCpus.count()) : spec.valueSize();
    }

    /** Distance of values in per-CPU answers and in the view of an array: the value size rounded up to eight. */
    public int stride() {
        return spec.valueSize() + 7 & ~7;
    }

    private boolean isPerCpu() {
        return spec.type() == MapType.PERCPU_HASH || spec.type() == MapType.PERCPU_ARRAY;
    }

    /** Copies the value of a key; false when there is none. */
    public synchronized boolean lookup(NativeBuffer key, NativeBuffer value) {
        require(key, spec.keySize(), "key");
        require(value, lookupSize(), "value");
        return found(BpfCommand.MAP_LOOKUP_ELEM, key, value, 0);
    }

    /** A copy of the value of a key, or null. Allocates; not for hot paths. */
    public byte @Nullable [] lookup(byte[] key) {
        var value = NativeBuffer.allocate(lookupSize());
        return lookup(NativeBuffer.of(key), value) ? value.toArray() : null;
    }

    /** Creates or replaces. */
    public synchronized void update(NativeBuffer key, NativeBuffer value) {
        require(key, spec.keySize(), "key");
        require(value, lookupSize(), "value");
        long result = call(BpfCommand.MAP_UPDATE_ELEM, key, value, MapElementAttr.ANY);
        Bpf.orThrow(BpfCommand.MAP_UPDATE_ELEM, result, what());
    }

    public void update(byte[] key, byte[] value) {
        update(NativeBuffer.of(key), NativeBuffer.of(value));
    }

    /** Creates; false when the key exists already. */
    public synchronized boolean insert(NativeBuffer key, NativeBuffer value) {
        require(key, spec.keySize(), "key");
        require(value, lookupSize(), "value");
        long result = call(BpfCommand.MAP_UPDATE_ELEM, key, value, MapElementAttr.NO_EXIST);
        return result != -Errno.EEXIST && Bpf.orThrow(BpfCommand.MAP_UPDATE_ELEM, result, what()) == 0;
    }

    /** False when there was no such key. */
    public synchronized boolean delete(NativeBuffer key) {
        require(key, spec.keySize(), "key");
        return found(BpfCommand.MAP_DELETE_ELEM, key, null, 0);
    }

    public boolean delete(byte[] key) {
        return delete(NativeBuffer.of(key));
    }

    /**
     * Writes the key after the given one, the first one for null; false at the end. An element that vanishes meanwhile
     * makes the kernel start again from the first: for whole maps use {@link HashReader}.
     */
    public synchronized boolean nextKey(@Nullable NativeBuffer key, NativeBuffer next) {
        require(next, spec.keySize(), "key");
        return found(BpfCommand.MAP_GET_NEXT_KEY, key, next, 0);
    }

    /**
     * The values of a mappable array: shared memory, little-endian like the machines we run on, writable. Value {@code i} begins at {@code i * stride()}. After close any access throws
     * {@link IllegalStateException}.
     */
    public synchronized ByteBuffer view() {
        if (!spec.mappable()) {
            throw new IllegalStateException(what() + " is not mappable");
        }
        var current = mapping;
        if (current == null) {
            long length = (long) stride() * spec.maxEntries();
            current = Mapping.of(descriptor, Mapping.Access.READ_WRITE, 0, length, what());
            mapping = current;
        }
        return current.bytes().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Memory that the kernel charges for this map. */
    public long memoryBytes() {
        return DescriptorInfo.memoryBytes(descriptor.number());
    }

    String what() {
        return "map " + spec.name();
    }

    private boolean found(BpfCommand command, @Nullable NativeBuffer key, @Nullable NativeBuffer value, long flags) {
        long result = call(command, key, value, flags);
        return result != -Errno.ENOENT && Bpf.orThrow(command, result, what()) == 0;
    }

    private long call(BpfCommand command, @Nullable NativeBuffer key, @Nullable NativeBuffer value, long flags) {
        long keyAddress = key == null ? 0 : key.address();
        long valueAddress = value == null ? 0 : value.address();
        MapElementAttr.encode(attr.bytes(), descriptor.number(), keyAddress, valueAddress, flags);
        long result = Bpf.call(command, attr, MapElementAttr.SIZE);
        if (key != null) {
            key.keepAlive();
        }
        if (value != null) {
            value.keepAlive();
        }
        return result;
    }

    /** The kernel trusts us with the length: a buffer too short would be read or written beyond its end. */
    private void require(NativeBuffer buffer, int bytes, String part) {
        if (buffer.size() < bytes) {
            throw new IllegalArgumentException(
                    part + " buffer of " + buffer.size() + " bytes, " + what() + " needs " + bytes);
        }
    }

    @Override
    public synchronized void close() {
        if (mapping != null) {
            mapping.close();
        }
        descriptor.close();
    }

    @Override
    public String toString() {
        return what();
    }
}
