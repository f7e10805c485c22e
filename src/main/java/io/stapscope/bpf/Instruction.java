package io.stapscope.bpf;

import org.jspecify.annotations.Nullable;

/**
 * One BPF instruction (struct bpf_insn). A 64-bit immediate load takes two slots in the kernel and is one instruction
 * here.
 *
 * @param opcode the eight bits of the kernel
 * @param destination register number, 0 to 10
 * @param source register number, or the kernel's pseudo value
 * @param offset signed 16 bits: memory offset or jump distance in slots
 * @param immediate 32 bits; 64 for a 64-bit immediate load
 * @param reference what the immediate stands for until loading, null when it is final
 * @param origin index into the table of origins of whoever generated it (a span of the script), -1 for none
 */
public record Instruction(
        int opcode,
        int destination,
        int source,
        int offset,
        long immediate,
        @Nullable Reference reference,
        int origin) {

    /** 64-bit immediate load: BPF_LD | BPF_IMM | BPF_DW. */
    public static final int LOAD_IMMEDIATE_64 = 0x18;

    /** Slots of eight bytes in the kernel's program. */
    public int slots() {
        return opcode == LOAD_IMMEDIATE_64 ? 2 : 1;
    }

    /** A number that only the loading machine knows. */
    public sealed interface Reference {
        /** The map itself (BPF_PSEUDO_MAP_FD). */
        record Map(String name) implements Reference {}

        /** A byte of the first value of an array map (BPF_PSEUDO_MAP_VALUE). */
        record MapValue(String name, int offset) implements Reference {}

        /** A kernel function by name (BPF_PSEUDO_KFUNC_CALL). */
        record KernelFunction(String name) implements Reference {}
    }
}
