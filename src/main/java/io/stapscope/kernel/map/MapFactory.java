package io.stapscope.kernel.map;

import io.stapscope.bpf.MapSpec;
import io.stapscope.bpf.MapSpec.MapType;
import io.stapscope.debuginfo.btf.BtfWriter;
import io.stapscope.kernel.abi.BpfCommand;
import io.stapscope.kernel.abi.MapCreateAttr;
import io.stapscope.kernel.syscall.Bpf;
import io.stapscope.kernel.syscall.Descriptor;
import io.stapscope.kernel.syscall.Errno;
import io.stapscope.kernel.syscall.KernelException;
import io.stapscope.kernel.syscall.NativeBuffer;

/** Makes the kernel's map from our blueprint. */
final class MapFactory {
    private MapFactory() {}

    static Descriptor create(MapSpec spec) {
        refuseTooLarge(spec);
        return switch (spec.type()) {
            case HASH, PERCPU_HASH -> plain(spec, spec.preallocated() ? 0 : MapCreateAttr.FLAG_NO_PREALLOC);
            case ARRAY ->
                plain(
                        spec,
                        spec.isConstant()
                                ? MapCreateAttr.FLAG_RDONLY_PROG
                                : spec.mappable() ? MapCreateAttr.FLAG_MMAPABLE : 0);
            case PERCPU_ARRAY, RINGBUF -> plain(spec, 0);
            case TASK_STORAGE -> taskStorage(spec);
        };
    }

    private static Descriptor plain(MapSpec spec, int flags) {
        var attr = attr(spec, flags);
        return Bpf.open(BpfCommand.MAP_CREATE, attr, MapCreateAttr.SIZE, what(spec));
    }

    /** The kernel wants to know the types of key and value: int, and an array of bytes as good as any. */
    private static Descriptor taskStorage(MapSpec spec) {
        var types = new BtfWriter();
        int key = types.addInteger("int", Integer.BYTES, true);
        int octet = types.addInteger("unsigned char", Byte.BYTES, false);
        int value = types.addArray(octet, key, spec.valueSize());
        try (var btf = Bpf.loadTypes(NativeBuffer.of(types.toBytes()), "types of " + what(spec))) {
            var attr = attr(spec, MapCreateAttr.FLAG_NO_PREALLOC);
            MapCreateAttr.encodeTypes(attr.bytes(), btf.number(), key, value);
            return Bpf.open(BpfCommand.MAP_CREATE, attr, MapCreateAttr.SIZE, what(spec));
        }
    }

    private static NativeBuffer attr(MapSpec spec, int flags) {
        var attr = NativeBuffer.allocate(MapCreateAttr.SIZE);
        MapCreateAttr.encode(
                attr.bytes(),
                spec.type().code(),
                spec.keySize(),
                spec.valueSize(),
                spec.maxEntries(),
                flags,
                spec.name());
        return attr;
    }

    private static void refuseTooLarge(MapSpec spec) {
        long element = spec.type() == MapType.RINGBUF ? 1 : (long) spec.keySize() + spec.valueSize();
        long bytes = element * spec.maxEntries();
        if (bytes > Integer.MAX_VALUE) {
            throw new KernelException(
                    Bpf.operation(BpfCommand.MAP_CREATE),
                    Errno.E2BIG,
                    what(spec) + " of " + bytes + " bytes, at most " + Integer.MAX_VALUE);
        }
    }

    private static String what(MapSpec spec) {
        return "map " + spec.name();
    }
}
