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

    /**
     * What a probe looks at where it is hit.
     *
     * @param registers one bit each, by DWARF's numbers of x86-64; {@link #ALL_REGISTERS}: those that mean something there
     * @param memory whether it looks at memory of the program
     */
    record Sight(int registers, boolean memory) {
        public static final int ALL_REGISTERS = -1;

        private static final int STACK_POINTER = 7;

        public static final Sight EVERYTHING = new Sight(ALL_REGISTERS, true);

        /** Where the function returns to: what the kernel changes for a probe at its return. */
        public static final Sight RETURN_ADDRESS = new Sight(1 << STACK_POINTER, false);

        /** Nothing but that it is hit. */
        public static final Sight NOTHING = new Sight(0, false);

        public Sight and(Sight other) {
            return new Sight(registers | other.registers, memory || other.memory);
        }
    }
}
