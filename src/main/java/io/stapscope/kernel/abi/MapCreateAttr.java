package io.stapscope.kernel.abi;

import java.nio.ByteBuffer;

/**
 * Argument of BPF_MAP_CREATE (union bpf_attr).
 *
 * <pre>
 *  0 map_type   4 key_size   8 value_size  12 max_entries  16 map_flags  20 inner_map_fd  24 numa_node
 * 28 map_name[16]  44 map_ifindex  48 btf_fd  52 btf_key_type_id  56 btf_value_type_id
 * 60 btf_vmlinux_value_type_id  64 map_extra (u64)
 * </pre>
 */
public final class MapCreateAttr {
    public static final int MAP_TYPE = 0;
    public static final int KEY_SIZE = 4;
    public static final int VALUE_SIZE = 8;
    public static final int MAX_ENTRIES = 12;
    public static final int MAP_FLAGS = 16;
    public static final int MAP_NAME = 28;
    public static final int BTF_FD = 48;
    public static final int BTF_KEY_TYPE_ID = 52;
    public static final int BTF_VALUE_TYPE_ID = 56;

    /** Up to and including map_extra (Linux 5.16); older kernels accept the zero tail. */
    public static final int SIZE = 72;

    /** BPF_F_NO_PREALLOC. */
    public static final int FLAG_NO_PREALLOC = 1;

    /** BPF_F_RDONLY_PROG: programs only read it. */
    public static final int FLAG_RDONLY_PROG = 1 << 7;

    /** BPF_F_MMAPABLE, since Linux 5.5. */
    public static final int FLAG_MMAPABLE = 1 << 10;

    private MapCreateAttr() {}

    public static void encode(
            ByteBuffer attr, int type, int keySize, int valueSize, int maxEntries, int flags, String name) {
        attr.putInt(MAP_TYPE, type);
        attr.putInt(KEY_SIZE, keySize);
        attr.putInt(VALUE_SIZE, valueSize);
        attr.putInt(MAX_ENTRIES, maxEntries);
        attr.putInt(MAP_FLAGS, flags);
        ObjectName.encode(attr, MAP_NAME, name);
    }

    /** Adds the types of keys and values, which the storages of tasks require. */
    public static void encodeTypes(ByteBuffer attr, int btfFd, int keyTypeId, int valueTypeId) {
        attr.putInt(BTF_FD, btfFd);
        attr.putInt(BTF_KEY_TYPE_ID, keyTypeId);
        attr.putInt(BTF_VALUE_TYPE_ID, valueTypeId);
    }
}
