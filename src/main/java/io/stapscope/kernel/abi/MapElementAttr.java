package io.stapscope.kernel.abi;

import java.nio.ByteBuffer;

/**
 * Argument of BPF_MAP_LOOKUP_ELEM, _UPDATE_ELEM, _DELETE_ELEM and _GET_NEXT_KEY (union bpf_attr).
 *
 * <pre>
 *  0 map_fd   4 (zero)   8 key*   16 value* or next_key*   24 flags (u64)
 * </pre>
 */
public final class MapElementAttr {
    public static final int MAP_FD = 0;
    public static final int KEY = 8;
    public static final int VALUE = 16;
    public static final int NEXT_KEY = VALUE;
    public static final int FLAGS = 24;
    public static final int SIZE = 32;

    /** BPF_ANY: create or replace. */
    public static final long ANY = 0;

    /** BPF_NOEXIST: create only. */
    public static final long NO_EXIST = 1;

    private MapElementAttr() {}

    public static void encode(ByteBuffer attr, int mapFd, long key, long valueOrNextKey, long flags) {
        attr.putInt(MAP_FD, mapFd);
        attr.putLong(KEY, key);
        attr.putLong(VALUE, valueOrNextKey);
        attr.putLong(FLAGS, flags);
    }
}
