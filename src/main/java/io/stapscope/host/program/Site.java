package io.stapscope.host.program;

import io.stapscope.debuginfo.value.Value;
import java.util.Map;

/** Where a probe goes that is meant for an address. */
public sealed interface Site {
    /**
     * An instruction begins there.
     *
     * @param address of that instruction: the address asked for, or a little behind it
     * @param offset of the instruction in the file, as the kernel wants it
     * @param cost what a hit costs there
     * @param elsewhere what registers hold at the address asked for whose values are elsewhere by then, by DWARF's numbers
     */
    record At(long address, long offset, Cost cost, Map<Integer, Value> elsewhere) implements Site {
        public At {
            elsewhere = Map.copyOf(elsewhere);
        }

        /** All registers hold there what they hold at the address asked for, as far as anybody looks. */
        public At(long address, long offset, Cost cost) {
            this(address, offset, cost, Map.of());
        }
    }

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
     * @param halves registers of which it looks at the lower four bytes, or at less
     * @param memory whether it looks at memory of the program
     */
    record Sight(int registers, int halves, boolean memory) {
        public static final int ALL_REGISTERS = -1;

        private static final int STACK_POINTER = 7;

        public static final Sight EVERYTHING = new Sight(ALL_REGISTERS, true);

        /** Where the function returns to: what the kernel changes for a probe at its return. */
        public static final Sight RETURN_ADDRESS = new Sight(1 << STACK_POINTER, false);

        /** Nothing but that it is hit. */
        public static final Sight NOTHING = new Sight(0, false);

        /** Of registers it looks at the whole. */
        public Sight(int registers, boolean memory) {
            this(registers, 0, memory);
        }

        public Sight and(Sight other) {
            return new Sight(registers | other.registers, halves | other.halves, memory || other.memory);
        }
    }
}
