package io.stapscope.bpf;

/** How much a load or store moves (BPF_SIZE). */
public enum Width {
    BYTE(0x10, 1, "u8"),
    HALF(0x08, 2, "u16"),
    WORD(0x00, 4, "u32"),
    DOUBLE(0x18, 8, "u64");

    private final int code;
    private final int bytes;
    private final String word;

    Width(int code, int bytes, String word) {
        this.code = code;
        this.bytes = bytes;
        this.word = word;
    }

    public int code() {
        return code;
    }

    public int bytes() {
        return bytes;
    }

    String word() {
        return word;
    }

    static Width of(int opcode) {
        for (var width : values()) {
            if (width.code == (opcode & 0x18)) {
                return width;
            }
        }
        throw new IllegalArgumentException("opcode " + opcode);
    }
}
