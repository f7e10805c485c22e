package io.stapscope.syscalls;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The memory of the caller that is copied at the entry of one system call. Every place is an offset in the snapshot, so
 * that one loop can follow any plan: an area's address may lie in an area before it.
 */
public final class FetchPlan {
    /** No memory. */
    static final FetchPlan NONE = new FetchPlan(List.of(), SnapshotLayout.AREAS, Map.of());

    /**
     * @param address where in the snapshot the eight bytes of the address lie
     * @param count where the number of elements lies; 0 if the length is always {@code most}
     * @param narrow whether the count has four bytes, not eight
     * @param element bytes of one element
     * @param most bytes at most
     * @param at where the bytes go
     * @param string whether it ends with a NUL
     */
    public record Area(int address, int count, boolean narrow, int element, int most, int at, boolean string) {
        public Area {
            if (most > SnapshotLayout.LARGEST_AREA) {
                throw new IllegalArgumentException("an area of " + most + " bytes");
            }
        }
    }

    private final List<Area> areas;
    private final int size;
    private final Map<Source, Integer> indexes;

    FetchPlan(List<Area> areas, int size, Map<Source, Integer> indexes) {
        this.areas = areas;
        this.size = size;
        this.indexes = indexes;
    }

    /** In the order in which they have to be fetched. */
    public List<Area> areas() {
        return areas;
    }

    /** Bytes of the snapshot. */
    public int size() {
        return size;
    }

    OptionalInt index(Source source) {
        var index = indexes.get(source);
        return index == null ? OptionalInt.empty() : OptionalInt.of(index);
    }
}
