package io.stapscope.bpf;

/** Relations of the conditional jumps (BPF_OP of BPF_JMP). */
public enum Condition {
    EQUAL(0x10, "=="),
    NOT_EQUAL(0x50, "!="),
    ANY_BIT(0x40, "&"),
    ABOVE(0x20, ">"),
    ABOVE_OR_EQUAL(0x30, ">="),
    BELOW(0xa0, "<"),
    BELOW_OR_EQUAL(0xb0, "<="),
    GREATER(0x60, "s>"),
    GREATER_OR_EQUAL(0x70, "s>="),
    LESS(0xc0, "s<"),
    LESS_OR_EQUAL(0xd0, "s<=");

    private final int code;
    private final String sign;

    Condition(int code, String sign) {
        this.code = code;
        this.sign = sign;
    }

    public int code() {
        return code;
    }

    String sign() {
        return sign;
    }

    static Condition of(int opcode) {
        for (var condition : values()) {
            if (condition.code == (opcode & 0xf0)) {
                return condition;
            }
        }
        throw new IllegalArgumentException("opcode " + opcode);
    }
}
