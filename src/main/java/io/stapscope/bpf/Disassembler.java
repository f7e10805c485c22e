package io.stapscope.bpf;

import io.stapscope.bpf.Instruction.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Prints programs for eyes and golden tests: one instruction a line, jump targets as labels, maps by name. */
public final class Disassembler {
    private Disassembler() {}

    public static String print(List<Instruction> program) {
        var out = new StringBuilder();
        for (var line : lines(program)) {
            if (line.label() != null) {
                out.append(line.label()).append(":\n");
            }
            out.append("    ").append(line.text()).append('\n');
        }
        return out.toString();
    }

    /**
     * A printed instruction.
     *
     * @param slot its number in the kernel's program
     * @param label when something jumps to it, else null
     * @param origin as in {@link Instruction#origin()}
     */
    public record Line(int slot, @Nullable String label, String text, int origin) {}

    /** Each instruction, in order. */
    public static List<Line> lines(List<Instruction> program) {
        var labels = labels(program);
        var lines = new ArrayList<Line>();
        int slot = 0;
        for (var instruction : program) {
            int next = slot + instruction.slots();
            var target = labels.get(next + instruction.offset());
            var text = line(instruction, target == null ? "?" : target);
            lines.add(new Line(slot, labels.get(slot), text, instruction.origin()));
            slot = next;
        }
        return lines;
    }

    /** One instruction; jump distances as numbers of slots. */
    public static String line(Instruction instruction) {
        return line(instruction, (instruction.offset() < 0 ? "" : "+") + instruction.offset());
    }

    private static TreeMap<Integer, String> labels(List<Instruction> program) {
        var labels = new TreeMap<Integer, String>();
        int slot = 0;
        for (var instruction : program) {
            slot += instruction.slots();
            if (isJump(instruction)) {
                labels.put(slot + instruction.offset(), "");
            }
        }
        int number = 0;
        for (var entry : labels.entrySet()) {
            entry.setValue("L" + number++);
        }
        return labels;
    }

    private static boolean isJump(Instruction instruction) {
        int opcode = instruction.opcode();
        return opcode == Opcode.JUMP_ALWAYS || Opcode.isConditionalJump(opcode);
    }

    private static String line(Instruction instruction, String target) {
        int opcode = instruction.opcode();
        if (opcode == Instruction.LOAD_IMMEDIATE_64) {
            return register(instruction.destination()) + " = " + immediate(instruction);
        }
        if (opcode == Opcode.EXIT) {
            return "exit";
        }
        if (opcode == Opcode.CALL) {
            return "call " + callee(instruction);
        }
        if (opcode == Opcode.JUMP_ALWAYS) {
            return "goto " + target;
        }
        return switch (Opcode.type(opcode)) {
            case Opcode.ALU64 -> arithmetic(instruction, "");
            case Opcode.ALU32 -> arithmetic(instruction, " (32 bits)");
            case Opcode.JMP ->
                "if " + register(instruction.destination()) + " "
                        + Condition.of(opcode).sign() + " " + operand(instruction) + " goto " + target;
            case Opcode.LDX -> register(instruction.destination()) + " = " + memory(instruction, instruction.source());
            case Opcode.ST -> memory(instruction, instruction.destination()) + " = " + instruction.immediate();
            case Opcode.STX -> store(instruction);
            default -> throw new IllegalArgumentException("opcode " + opcode);
        };
    }

    private static String arithmetic(Instruction instruction, String note) {
        var operation = Arithmetic.of(instruction.opcode(), instruction.offset());
        var destination = register(instruction.destination());
        if (operation == Arithmetic.NEGATE) {
            return destination + " = -" + destination + note;
        }
        return destination + " " + operation.sign() + " " + operand(instruction) + note;
    }

    private static String store(Instruction instruction) {
        var memory = memory(instruction, instruction.destination());
        var source = register(instruction.source());
        if ((instruction.opcode() & 0xe0) == Opcode.ATOMIC) {
            var operation = Atomic.of(instruction.immediate());
            return "atomic " + operation.name().toLowerCase(java.util.Locale.ROOT) + " " + memory + ", " + source;
        }
        return memory + " = " + source;
    }

    private static String memory(Instruction instruction, int base) {
        var width = Width.of(instruction.opcode());
        boolean signed = (instruction.opcode() & 0xe0) == Opcode.MEM_SIGNED;
        var word = signed ? width.word().replace('u', 's') : width.word();
        int offset = instruction.offset();
        var distance = offset == 0 ? "" : offset < 0 ? " - " + -offset : " + " + offset;
        return "*(" + word + " *)(" + register(base) + distance + ")";
    }

    private static String operand(Instruction instruction) {
        return (instruction.opcode() & Opcode.FROM_REGISTER) != 0
                ? register(instruction.source())
                : Long.toString(instruction.immediate());
    }

    private static String immediate(Instruction instruction) {
        return switch (instruction.reference()) {
            case Reference.Map(var name) -> "map " + name;
            case Reference.MapValue(var name, var offset) -> "value of " + name + " + " + offset;
            case Reference.KernelFunction(var name) -> "function " + name;
            case null -> Long.toString(instruction.immediate()) + " (64 bits)";
        };
    }

    private static String callee(Instruction instruction) {
        if (instruction.reference() instanceof Reference.KernelFunction(var name)) {
            return name;
        }
        return Helper.of(instruction.immediate())
                .map(helper -> helper.name().toLowerCase(java.util.Locale.ROOT))
                .orElse("helper " + instruction.immediate());
    }

    private static String register(int code) {
        return "r" + code;
    }
}
