package io.stapscope.kernel.abi;

import java.nio.ByteBuffer;

/** Name of a map or program (char[BPF_OBJ_NAME_LEN]): 15 bytes of letters, digits, underscore and dot, then zero. */
public final class ObjectName {
    /** BPF_OBJ_NAME_LEN. */
    public static final int SIZE = 16;

    private ObjectName() {}

    /** Writes as much of the name as fits; the kernel refuses other characters, so they become underscores. */
    public static void encode(ByteBuffer buffer, int offset, String name) {
        for (int i = 0; i < SIZE; i++) {
            buffer.put(offset + i, i < Math.min(name.length(), SIZE - 1) ? allowed(name.charAt(i)) : 0);
        }
    }

    private static byte allowed(char c) {
        boolean legal = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '.';
        return (byte) (legal ? c : '_');
    }
}
