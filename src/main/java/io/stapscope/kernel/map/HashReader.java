package io.stapscope.kernel.map;

import io.stapscope.bpf.MapSpec.MapType;
import io.stapscope.kernel.abi.BpfCommand;
import io.stapscope.kernel.abi.MapBatchAttr;
import io.stapscope.kernel.syscall.Bpf;
import io.stapscope.kernel.syscall.Errno;
import io.stapscope.kernel.syscall.NativeBuffer;
import java.nio.ByteBuffer;

/**
 * Reads all entries of a hash map, many with each call. Keeps its buffers between reads and hands out offsets in them:
 * for one thread. Entries that exist during the whole read are seen exactly once; others may or may not be seen.
 */
public final class HashReader {
    private static final int MIN_ENTRIES = 16;

    /** The kernel's cursor is a bucket number; room for eight bytes keeps it aligned. */
    private static final int CURSOR_SIZE = 8;

    private final BpfMap map;
    private final NativeBuffer attr = NativeBuffer.allocate(MapBatchAttr.SIZE);
    private final NativeBuffer cursor = NativeBuffer.allocate(CURSOR_SIZE);
    private final NativeBuffer nextCursor = NativeBuffer.allocate(CURSOR_SIZE);
    private NativeBuffer keys;
    private NativeBuffer values;
    private int room;

    /** Receives one entry; the buffers are reused for the next one. */
    @FunctionalInterface
    public interface EntryVisitor {
        void entry(ByteBuffer keys, int keyOffset, ByteBuffer values, int valueOffset);
    }

    /** @param batchEntries entries to read with one call; more memory, fewer calls */
    public HashReader(BpfMap map, int batchEntries) {
        if (map.spec().type() != MapType.HASH && map.spec().type() != MapType.PERCPU_HASH) {
            throw new IllegalArgumentException(map + " is not a hash");
        }
        this.map = map;
        room = Math.max(MIN_ENTRIES, Math.min(batchEntries, map.spec().maxEntries()));
        keys = buffer(map.spec().keySize());
        values = buffer(map.lookupSize());
    }

    private NativeBuffer buffer(int elementSize) {
        return NativeBuffer.allocate(Math.multiplyExact(room, elementSize));
    }

    /** Number of entries visited. */
    public int readAll(EntryVisitor visitor) {
        int visited = 0;
        boolean first = true;
        while (true) {
            MapBatchAttr.encode(
                    attr.bytes(),
                    map.descriptor().number(),
                    first ? 0 : cursor.address(),
                    nextCursor.address(),
                    keys.address(),
                    values.address(),
                    room);
            long result = Bpf.call(BpfCommand.MAP_LOOKUP_BATCH, attr, MapBatchAttr.SIZE);
            keepBuffersAlive();
            if (result == -Errno.ENOSPC) {
                // One bucket holds more entries than fit.
                enlarge();
                continue;
            }
            // ENOENT is the end of the map; the entries before it are there.
            if (result != -Errno.ENOENT) {
                long ignored = Bpf.orThrow(BpfCommand.MAP_LOOKUP_BATCH, result, map.toString());
            }
            int count = Math.min(MapBatchAttr.count(attr.bytes()), room);
            visit(count, visitor);
            visited += count;
            if (result == -Errno.ENOENT) {
                return visited;
            }
            cursor.bytes().putLong(0, nextCursor.bytes().getLong(0));
            first = false;
        }
    }

    private void visit(int count, EntryVisitor visitor) {
        int keySize = map.spec().keySize();
        int valueSize = map.lookupSize();
        for (int i = 0; i < count; i++) {
            visitor.entry(keys.bytes(), i * keySize, values.bytes(), i * valueSize);
        }
    }

    private void enlarge() {
        room = Math.multiplyExact(room, 2);
        keys = buffer(map.spec().keySize());
        values = buffer(map.lookupSize());
    }

    private void keepBuffersAlive() {
        cursor.keepAlive();
        nextCursor.keepAlive();
        keys.keepAlive();
        values.keepAlive();
    }
}
