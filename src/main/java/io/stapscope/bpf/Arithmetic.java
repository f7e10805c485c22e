package io.stapscope.bpf;

/** Operations of two numbers (BPF_OP of the ALU classes). Division by zero gives 0, modulo zero keeps the dividend. */
public enum Arithmetic {
    ADD(0x00, 0, "+="),
    SUBTRACT(0x10, 0, "-="),
    MULTIPLY(0x20, 0, "*="),
    DIVIDE_UNSIGNED(0x30, 0, "/="),
    /** Kernel 6.6; its least long divided by -1 traps on some kernels, so callers keep -1 away. */
    DIVIDE(0x30, 1, "s/="),
    OR(0x40, 0, "|="),
    AND(0x50, 0, "&="),
    SHIFT_LEFT(0x60, 0, "<<="),
    SHIFT_RIGHT_UNSIGNED(0x70, 0, ">>="),
    NEGATE(0x80, 0, "= -"),
    MODULO_UNSIGNED(0x90, 0, "%="),
    MODULO(0x90, 1, "s%="),
    XOR(0xa0, 0, "^="),
    MOVE(0xb0, 0, "="),
    SHIFT_RIGHT(0xc0, 0, "s>>=");

    private final int code;
    private final int offset;
    private final String sign;

    Arithmetic(int code, int offset, String sign) {
        this.code = code;
        this.offset = offset;
        this.sign = sign;
    }

    public int code() {
        return code;
    }

    /** What the offset field holds: 1 makes a division signed. */
    public int offset() {
        return offset;
    }

    String sign() {
        return sign;
    }

    static Arithmetic of(int opcode, int offset) {
        for (var operation : values()) {
            if (operation.code == (opcode & 0xf0) && operation.offset == offset) {
                return operation;
            }
        }
        throw new IllegalArgumentException("opcode " + opcode);
    }
}
