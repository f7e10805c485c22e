package io.stapscope.kernel.abi;

import java.nio.ByteBuffer;

/**
 * Argument of BPF_BTF_LOAD (union bpf_attr).
 *
 * <pre>
 *  0 btf*   8 btf_log_buf*   16 btf_size   20 btf_log_size   24 btf_log_level
 * </pre>
 */
public final class BtfLoadAttr {
    public static final int BTF = 0;
    public static final int BTF_SIZE = 16;
    public static final int SIZE = 32;

    private BtfLoadAttr() {}

    public static void encode(ByteBuffer attr, long btf, int btfSize) {
        attr.putLong(BTF, btf);
        attr.putInt(BTF_SIZE, btfSize);
    }
}
