package io.stapscope.host.program;

/** Where a probe goes that is meant for an address. */
public sealed interface Site {
    /**
     * An instruction begins there.
     *
     * @param address of that instruction: the address asked for, or a little behind it
     * @param offset of the instruction in the file, as the kernel wants it
     * @param cost what a hit costs there
     */
    record At(long address, long offset, Cost cost) implements Site {}

    /** @param reason a clause: {@code 0x1234 is inside an instruction} */
    record Refused(String reason) implements Site {}

    /** What the kernel does to run the instruction that a probe replaces. */
    enum Cost {
        /** A no-op of five bytes, which the kernel turns into a call: about 0.6 us. */
        CALL,
        /** Emulated: about 0.9 us. */
        EMULATED,
        /** Run by itself in a single step: 12 to 20 us. */
        SINGLE_STEP
    }

    /** What a probe looks at where it is hit. */
    enum Sight {
        /** Registers and memory. */
        EVERYTHING,
        /** Nothing but where the function returns to: probes at returns that look at nothing when it is entered. */
        RETURN_ADDRESS,
        /** That it is hit. */
        NOTHING
    }
}
