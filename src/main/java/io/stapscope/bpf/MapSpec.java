package io.stapscope.bpf;

/**
 * Blueprint of a map.
 *
 * @param name unique among the maps of one script; at most 15 bytes reach the kernel
 * @param keySize bytes
 * @param valueSize bytes
 * @param maxEntries entries; bytes for a ring buffer; 0 for task storage
 * @param mappable whether user space maps the values into its memory (BPF_F_MMAPABLE; arrays only)
 * @param preallocated whether all elements exist from the start (hash maps)
 * @param contents bytes of the only value of an array that neither programs nor we change, one char each; empty for all
 *     other maps
 */
public record MapSpec(
        String name,
        MapType type,
        int keySize,
        int valueSize,
        int maxEntries,
        boolean mappable,
        boolean preallocated,
        String contents) {

    /** A map that starts empty or as zeros. */
    public MapSpec(
            String name,
            MapType type,
            int keySize,
            int valueSize,
            int maxEntries,
            boolean mappable,
            boolean preallocated) {
        this(name, type, keySize, valueSize, maxEntries, mappable, preallocated, "");
    }

    /** An array with one constant value. */
    public static MapSpec constant(String name, String contents) {
        return new MapSpec(name, MapType.ARRAY, 4, contents.length(), 1, false, true, contents);
    }

    public boolean isConstant() {
        return !contents.isEmpty();
    }

    /** Kinds of maps in use, with the kernel's numbers (enum bpf_map_type). */
    public enum MapType {
        HASH(1),
        ARRAY(2),
        PERCPU_HASH(5),
        PERCPU_ARRAY(6),
        RINGBUF(27),
        TASK_STORAGE(29);

        private final int code;

        MapType(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }
    }
}
