package io.stapscope.debuginfo.elf;

import org.jspecify.annotations.Nullable;

/** Where an argument of a mark is. Registers have the numbers that DWARF gives them. */
public sealed interface SdtOperand {
    record Constant(long value) implements SdtOperand {}

    /** @param value an address of the file, before relocation */
    record Address(long value) implements SdtOperand {}

    /**
     * @param shift lowest bit of the register that belongs to it: 8 for {@code %ah}
     * @param bits of it: 8, 16, 32 or 64
     */
    record Register(int number, int shift, int bits) implements SdtOperand {}

    /**
     * In memory, at the sum of all parts.
     *
     * @param base register, -1 for none
     * @param relocated whether the displacement is an address of the file
     */
    record Memory(int base, @Nullable Index index, long displacement, boolean relocated) implements SdtOperand {}

    /**
     * A register that is multiplied.
     *
     * @param scale 1, 2, 4 or 8
     */
    record Index(int register, int scale, Width width) {}

    /** How a register becomes 64 bits. */
    enum Width {
        WHOLE,
        LOW_UNSIGNED,
        LOW_SIGNED
    }

    /** @param reason a clause: {@code it is in a floating-point register} */
    record Refused(String reason) implements SdtOperand {}
}
