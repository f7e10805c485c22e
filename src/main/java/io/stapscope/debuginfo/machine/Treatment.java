package io.stapscope.debuginfo.machine;

/** What the kernel does to run an instruction that a probe has replaced. */
public enum Treatment {
    /** The no-op of five bytes: becomes a call, without a trap. */
    CALL,
    /** Done by the kernel itself after the trap. */
    EMULATED,
    /** Run alone somewhere else, which takes a second trap. */
    SINGLE_STEP,
    /** No probe may be there. */
    REFUSED;

    /** Whether one trap is all that it takes. */
    public boolean isCheap() {
        return this == CALL || this == EMULATED;
    }
}
