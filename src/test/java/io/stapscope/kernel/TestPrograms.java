package io.stapscope.kernel;

import io.stapscope.bpf.Instruction;
import io.stapscope.bpf.Instruction.Reference;
import io.stapscope.bpf.ProgramSpec;
import io.stapscope.bpf.ProgramSpec.AttachSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Small programs on sys_enter, written by hand; they look only at getppid calls of this process. */
public final class TestPrograms {
    private static final long GETPPID = "amd64".equals(System.getProperty("os.arch")) ? 110 : 173;
    private static final int SELF = (int) ProcessHandle.current().pid();

    private TestPrograms() {}

    /** counts[0] += 1, in the mapped array "counts". */
    public static ProgramSpec counting() {
        return onGetppid(
                instruction(0x18, 1, 0, 0, 0, new Reference.MapValue("counts", 0)),
                instruction(0xb7, 2, 0, 0, 1, null),
                instruction(0xdb, 1, 2, 0, 0, null));
    }

    /** Sends {u64 100 + n} of 16 bytes through "ring", or counts[1] += 1 when it is full; counts[0] is n. */
    public static ProgramSpec sending(int submitFlags) {
        return onGetppid(
                instruction(0x18, 7, 0, 0, 0, new Reference.MapValue("counts", 0)),
                instruction(0xb7, 8, 0, 0, 1, null),
                // r8 = fetch and add
                instruction(0xdb, 7, 8, 0, 1, null),
                instruction(0x18, 1, 0, 0, 0, new Reference.Map("ring")),
                instruction(0xb7, 2, 0, 0, 16, null),
                instruction(0xb7, 3, 0, 0, 0, null),
                instruction(0x85, 0, 0, 0, 131, null),
                // if (r0 != 0) goto send
                instruction(0x55, 0, 0, 3, 0, null),
                instruction(0xb7, 2, 0, 0, 1, null),
                instruction(0xdb, 7, 2, 8, 0, null),
                // goto out
                instruction(0x05, 0, 0, 7, 0, null),
                instruction(0x07, 8, 0, 0, 100, null),
                instruction(0x7b, 0, 8, 0, 0, null),
                instruction(0xb7, 2, 0, 0, 0, null),
                instruction(0x7b, 0, 2, 8, 0, null),
                instruction(0xbf, 1, 0, 0, 0, null),
                instruction(0xb7, 2, 0, 0, submitFlags, null),
                instruction(0x85, 0, 0, 0, 132, null));
    }

    /** Reads a register nobody wrote: the instruction with origin 77. */
    public static ProgramSpec refused() {
        return sysEnter(
                "refused",
                List.of(
                        instruction(0x18, 1, 0, 0, 0, new Reference.MapValue("counts", 0)),
                        new Instruction(0xbf, 0, 7, 0, 0, null, 77),
                        instruction(0x95, 0, 0, 0, 0, null)));
    }

    /** The body runs for getppid calls of this process; it may use registers 7 to 9 and must fall through. */
    private static ProgramSpec onGetppid(Instruction... body) {
        int slots = List.of(body).stream().mapToInt(Instruction::slots).sum();
        var instructions = new ArrayList<Instruction>();
        instructions.add(instruction(0xbf, 6, 1, 0, 0, null));
        instructions.add(instruction(0x85, 0, 0, 0, 14, null));
        instructions.add(instruction(0x77, 0, 0, 0, 32, null));
        instructions.add(instruction(0x55, 0, 0, slots + 2, SELF, null));
        instructions.add(instruction(0x79, 1, 6, 8, 0, null));
        instructions.add(instruction(0x55, 1, 0, slots, GETPPID, null));
        instructions.addAll(List.of(body));
        instructions.add(instruction(0xb7, 0, 0, 0, 0, null));
        instructions.add(instruction(0x95, 0, 0, 0, 0, null));
        return sysEnter("getppid", instructions);
    }

    private static ProgramSpec sysEnter(String name, List<Instruction> instructions) {
        return new ProgramSpec(name, new AttachSpec.RawTracepoint("sys_enter"), instructions);
    }

    private static Instruction instruction(
            int opcode, int destination, int source, int offset, long immediate, @Nullable Reference reference) {
        return new Instruction(opcode, destination, source, offset, immediate, reference, -1);
    }
}
