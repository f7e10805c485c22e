package io.stapscope.kernel.program;

import io.stapscope.bpf.Instruction;
import io.stapscope.bpf.Instruction.Reference;
import io.stapscope.bpf.ProgramSpec;
import io.stapscope.host.KernelTypes;
import io.stapscope.kernel.abi.BpfInsn;
import io.stapscope.kernel.map.BpfMap;
import io.stapscope.kernel.syscall.NativeBuffer;
import java.util.List;
import java.util.Map;

/** Instructions as the kernel takes them, and the way back from its slot numbers to ours. */
final class EncodedProgram {
    private final NativeBuffer bytes;
    private final int[] instructionOfSlot;

    private EncodedProgram(NativeBuffer bytes, int[] instructionOfSlot) {
        this.bytes = bytes;
        this.instructionOfSlot = instructionOfSlot;
    }

    static EncodedProgram of(ProgramSpec spec, Map<String, BpfMap> maps, KernelTypes types) {
        int slots = spec.instructions().stream().mapToInt(Instruction::slots).sum();
        var bytes = NativeBuffer.allocate(Math.multiplyExact(slots, BpfInsn.SIZE));
        var instructionOfSlot = new int[slots];
        int slot = 0;
        List<Instruction> instructions = spec.instructions();
        for (int i = 0; i < instructions.size(); i++) {
            var instruction = resolve(instructions.get(i), maps, types);
            encode(bytes, slot, instruction);
            for (int k = 0; k < instruction.slots(); k++) {
                instructionOfSlot[slot++] = i;
            }
        }
        return new EncodedProgram(bytes, instructionOfSlot);
    }

    NativeBuffer bytes() {
        return bytes;
    }

    int slots() {
        return instructionOfSlot.length;
    }

    /** Index of the instruction that a slot belongs to; -1 for a slot we did not write. */
    int instructionAt(int slot) {
        return slot >= 0 && slot < instructionOfSlot.length ? instructionOfSlot[slot] : -1;
    }

    /** reference -> pseudo source register and the number it stands for here. */
    private static Instruction resolve(Instruction instruction, Map<String, BpfMap> maps, KernelTypes types) {
        return switch (instruction.reference()) {
            case null -> instruction;
            case Reference.Map(var name) -> resolved(instruction, BpfInsn.PSEUDO_MAP_FD, descriptor(maps, name));
            case Reference.MapValue(var name, var offset) ->
                resolved(
                        instruction,
                        BpfInsn.PSEUDO_MAP_VALUE,
                        descriptor(maps, name) | Integer.toUnsignedLong(offset) << Integer.SIZE);
            case Reference.KernelFunction(var name) ->
                resolved(instruction, BpfInsn.PSEUDO_KFUNC_CALL, types.functionId(name));
        };
    }

    private static Instruction resolved(Instruction from, int source, long immediate) {
        return new Instruction(
                from.opcode(), from.destination(), source, from.offset(), immediate, null, from.origin());
    }

    private static long descriptor(Map<String, BpfMap> maps, String name) {
        var map = maps.get(name);
        if (map == null) {
            throw new IllegalArgumentException("the program refers to map " + name + ", which is not given");
        }
        return map.descriptor().number();
    }

    private static void encode(NativeBuffer to, int slot, Instruction instruction) {
        int at = slot * BpfInsn.SIZE;
        long immediate = instruction.immediate();
        BpfInsn.encode(
                to.bytes(),
                at,
                instruction.opcode(),
                instruction.destination(),
                instruction.source(),
                instruction.offset(),
                (int) immediate);
        if (instruction.slots() == 2) {
            BpfInsn.encode(to.bytes(), at + BpfInsn.SIZE, 0, 0, 0, 0, (int) (immediate >>> Integer.SIZE));
        }
    }
}
