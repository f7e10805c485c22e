package io.stapscope.debuginfo.machine;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** The instructions of one machine. Positions are those of a buffer with code; what is outside of it is never read. */
public sealed interface Instructions permits X86Instructions, ArmInstructions {
    /** EM_*. */
    int X86_64 = 62;

    int AARCH64 = 183;

    /** @param machine EM_*; empty for machines whose code we cannot read */
    static Optional<Instructions> of(int machine) {
        return switch (machine) {
            case X86_64 -> Optional.of(new X86Instructions());
            case AARCH64 -> Optional.of(new ArmInstructions());
            default -> Optional.empty();
        };
    }

    /**
     * Where instructions begin, decoded one after the other.
     *
     * @param start of a function
     * @throws MachineFormatException when there is something else than instructions in between
     */
    BitSet boundaries(ByteBuffer code, int start, int end);

    /** How the kernel would treat the instruction at a position. @throws MachineFormatException */
    Treatment treatment(ByteBuffer code, int at);

    /**
     * Whether an instruction begins at a position, decoded from the beginning of its function.
     *
     * @param start of the function
     */
    default boolean isBoundary(ByteBuffer code, int start, int at) {
        if (at == start) {
            return true;
        }
        try {
            return boundaries(code, start, Math.min(at + 1, code.limit())).get(at);
        } catch (MachineFormatException e) {
            return false;
        }
    }

    /**
     * The cheapest place for a probe that is meant for the beginning of a function: executed exactly when the function is
     * entered, with the same arguments, stack and return address.
     *
     * @param parts of the function: the one that begins at its entry, then those that the compiler has put elsewhere; then
     *     functions that may jump into it
     */
    Spot cheapestEntry(ByteBuffer code, List<Part> parts, Convention convention, Sight sight);

    /**
     * Whether a probe sees at a place what it would see where the function begins: executed exactly when the function is entered.
     *
     * @param at a place in the first of the parts
     */
    boolean isLikeEntry(ByteBuffer code, List<Part> parts, int at, Convention convention, Sight sight);

    /**
     * A stretch of code.
     *
     * @param end behind it
     * @param isForeign whether it is of another function, of which only the jumps count that tell where they lead
     */
    record Part(int start, int end, boolean isForeign) {
        public Part(int start, int end) {
            this(start, end, false);
        }
    }

    /** Where a probe goes. @param kept what must be looked for elsewhere there */
    record Spot(int position, List<Kept> kept) {
        public Spot {
            kept = List.copyOf(kept);
        }

        static Spot asItIs(int position) {
            return new Spot(position, List.of());
        }
    }

    /**
     * Where the value is that a register had when the function was entered: it is {@code in + offset}, or lies there in memory.
     * Registers have DWARF's numbers.
     *
     * @param bytes of memory, 4 or 8; 0 when it is the sum itself. Four are the lower half; the upper one is not wanted
     */
    record Kept(int register, int in, long offset, int bytes) {
        boolean isInPlace() {
            return register == in && offset == 0 && bytes == 0;
        }
    }

    /**
     * What a probe looks at where it is hit.
     *
     * @param registers one bit each, by DWARF's numbers; {@link #ALL_REGISTERS}: those that mean something in the convention
     * @param halves registers of which it looks at the lower four bytes, or at less
     * @param memory whether it looks at memory
     */
    record Sight(int registers, int halves, boolean memory) {
        public static final int ALL_REGISTERS = -1;

        public static final Sight EVERYTHING = new Sight(ALL_REGISTERS, true);

        /** That it is hit. */
        public static final Sight NOTHING = new Sight(0, false);

        public Sight(int registers, boolean memory) {
            this(registers, 0, memory);
        }
    }

    /** Where functions get their arguments. */
    enum Convention {
        /** That of C: registers that are neither arguments nor the caller's have no meaning when a function is entered. */
        C,
        /** Another one: any register may be an argument. */
        UNKNOWN
    }
}
