package io.stapscope.bpf;

/** The registers. Calls clobber R0 to R5 and keep R6 to R9; R10 is the read-only frame pointer. */
public enum Register {
    R0,
    R1,
    R2,
    R3,
    R4,
    R5,
    R6,
    R7,
    R8,
    R9,
    R10;

    /** The kernel's number. */
    public int code() {
        return ordinal();
    }
}
