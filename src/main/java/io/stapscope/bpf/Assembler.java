package io.stapscope.bpf;

import io.stapscope.bpf.Instruction.Reference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one program in order; jumps name labels, which {@link #assemble} turns into distances. */
public final class Assembler {
    private record Pending(
            Instruction instruction, @Nullable Label target) {}

    private final List<Pending> written = new ArrayList<>();
    private int origin = -1;

    /** Origin of the instructions that follow, -1 for none. */
    public void origin(int index) {
        origin = index;
    }

    public int origin() {
        return origin;
    }

    /** Slots written so far, unreachable ones included. */
    public int slots() {
        return written.stream()
                .mapToInt(pending -> pending.instruction().slots())
                .sum();
    }

    public Label label(String name) {
        return new Label(name);
    }

    public void place(Label label) {
        label.place(written.size());
    }

    public void move(Register destination, Register source) {
        if (destination != source) {
            arithmetic(Arithmetic.MOVE, destination, source);
        }
    }

    /** Loads any constant, with one instruction when 32 signed bits hold it. */
    public void move(Register destination, long value) {
        if (value == (int) value) {
            arithmetic(Arithmetic.MOVE, destination, (int) value);
        } else {
            write(Instruction.LOAD_IMMEDIATE_64, destination.code(), 0, 0, value, null, null);
        }
    }

    /** Loads 32 bits as an unsigned number. */
    public void moveUnsigned(Register destination, int value) {
        write(Opcode.ALU32 | Arithmetic.MOVE.code(), destination.code(), 0, 0, value, null, null);
    }

    public void arithmetic(Arithmetic operation, Register destination, Register source) {
        int opcode = Opcode.ALU64 | operation.code() | Opcode.FROM_REGISTER;
        write(opcode, destination.code(), source.code(), operation.offset(), 0, null, null);
    }

    public void arithmetic(Arithmetic operation, Register destination, int immediate) {
        write(Opcode.ALU64 | operation.code(), destination.code(), 0, operation.offset(), immediate, null, null);
    }

    public void negate(Register destination) {
        write(Opcode.ALU64 | Arithmetic.NEGATE.code(), destination.code(), 0, 0, 0, null, null);
    }

    /** {@code destination = *(base + offset)}, zero-extended. */
    public void load(Width width, Register destination, Register base, int offset) {
        write(Opcode.LDX | Opcode.MEM | width.code(), destination.code(), base.code(), offset, 0, null, null);
    }

    /** As {@link #load}, sign-extended. */
    public void loadSigned(Width width, Register destination, Register base, int offset) {
        write(Opcode.LDX | Opcode.MEM_SIGNED | width.code(), destination.code(), base.code(), offset, 0, null, null);
    }

    public void store(Width width, Register base, int offset, Register source) {
        write(Opcode.STX | Opcode.MEM | width.code(), base.code(), source.code(), offset, 0, null, null);
    }

    public void store(Width width, Register base, int offset, int immediate) {
        write(Opcode.ST | Opcode.MEM | width.code(), base.code(), 0, offset, immediate, null, null);
    }

    /** @param width WORD or DOUBLE */
    public void atomic(Atomic operation, Width width, Register base, int offset, Register source) {
        int opcode = Opcode.STX | Opcode.ATOMIC | width.code();
        write(opcode, base.code(), source.code(), offset, operation.code(), null, null);
    }

    public void jump(Label target) {
        write(Opcode.JUMP_ALWAYS, 0, 0, 0, 0, null, target);
    }

    public void jump(Condition condition, Register left, Register right, Label target) {
        int opcode = Opcode.JMP | condition.code() | Opcode.FROM_REGISTER;
        write(opcode, left.code(), right.code(), 0, 0, null, target);
    }

    public void jump(Condition condition, Register left, int right, Label target) {
        write(Opcode.JMP | condition.code(), left.code(), 0, 0, right, null, target);
    }

    public void call(Helper helper) {
        write(Opcode.CALL, 0, 0, 0, helper.code(), null, null);
    }

    /** Calls a kernel function that is resolved by name when the program is loaded. */
    public void call(String kernelFunction) {
        var reference = new Reference.KernelFunction(kernelFunction);
        write(Opcode.CALL, 0, Opcode.PSEUDO_KFUNC_CALL, 0, 0, reference, null);
    }

    public void loadMap(Register destination, String map) {
        var reference = new Reference.Map(map);
        int opcode = Instruction.LOAD_IMMEDIATE_64;
        write(opcode, destination.code(), Opcode.PSEUDO_MAP_FD, 0, 0, reference, null);
    }

    /** Address of a byte in the only value of an array map. */
    public void loadMapValue(Register destination, String map, int offset) {
        var reference = new Reference.MapValue(map, offset);
        int opcode = Instruction.LOAD_IMMEDIATE_64;
        write(opcode, destination.code(), Opcode.PSEUDO_MAP_VALUE, 0, 0, reference, null);
    }

    public void exit() {
        write(Opcode.EXIT, 0, 0, 0, 0, null, null);
    }

    private void write(
            int opcode,
            int destination,
            int source,
            int offset,
            long immediate,
            @Nullable Reference reference,
            @Nullable Label target) {
        if (offset != (short) offset) {
            throw new IllegalArgumentException("offset " + offset + " does not fit 16 bits");
        }
        var instruction = new Instruction(opcode, destination, source, offset, immediate, reference, origin);
        written.add(new Pending(instruction, target));
    }

    /**
     * The program with all jumps resolved and without what no jump reaches, which the kernel would refuse. Jumps further
     * than 16 bits are refused.
     */
    public List<Instruction> assemble() {
        var reached = reached();
        var slotOf = new int[written.size() + 1];
        for (int i = 0; i < written.size(); i++) {
            slotOf[i + 1] =
                    slotOf[i] + (reached.get(i) ? written.get(i).instruction().slots() : 0);
        }
        var program = new ArrayList<Instruction>(written.size());
        for (int i = 0; i < written.size(); i++) {
            if (reached.get(i)) {
                var pending = written.get(i);
                var target = pending.target();
                program.add(
                        target == null
                                ? pending.instruction()
                                : resolve(pending.instruction(), target, slotOf[target.index()] - slotOf[i + 1]));
            }
        }
        return program;
    }

    private BitSet reached() {
        var reached = new BitSet(written.size());
        var open = new ArrayDeque<Integer>();
        open.push(0);
        while (!open.isEmpty()) {
            for (int i = open.pop(); i < written.size() && !reached.get(i); i++) {
                reached.set(i);
                var pending = written.get(i);
                if (pending.target() != null) {
                    open.push(pending.target().index());
                }
                int opcode = pending.instruction().opcode();
                if (opcode == Opcode.EXIT || opcode == Opcode.JUMP_ALWAYS) {
                    break;
                }
            }
        }
        return reached;
    }

    private static Instruction resolve(Instruction instruction, Label target, int distance) {
        if (distance != (short) distance) {
            throw new IllegalStateException("jump to " + target + " is " + distance + " slots long");
        }
        return new Instruction(
                instruction.opcode(),
                instruction.destination(),
                instruction.source(),
                distance,
                instruction.immediate(),
                instruction.reference(),
                instruction.origin());
    }
}
