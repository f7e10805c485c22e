package io.stapscope.bpf;

/** Atomic operations on memory (immediate of BPF_STX | BPF_ATOMIC). */
public enum Atomic {
    ADD(0x00),
    /** The source register takes the old value. */
    FETCH_ADD(0x01),
    /** The source register takes the old value. */
    EXCHANGE(0xe1),
    /** Stores the source when memory equals R0; R0 takes the old value. */
    COMPARE_EXCHANGE(0xf1);

    private final int code;

    Atomic(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    static Atomic of(long immediate) {
        for (var operation : values()) {
            if (operation.code == immediate) {
                return operation;
            }
        }
        throw new IllegalArgumentException("atomic operation " + immediate);
    }
}
