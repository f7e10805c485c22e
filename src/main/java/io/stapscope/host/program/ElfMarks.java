package io.stapscope.host.program;

import io.stapscope.debuginfo.elf.ElfFile;
import io.stapscope.debuginfo.elf.SdtArgument;
import io.stapscope.debuginfo.elf.SdtMark;
import io.stapscope.debuginfo.elf.SdtNotes;
import io.stapscope.debuginfo.elf.SdtOperand;
import io.stapscope.debuginfo.elf.SdtOperand.Index;
import io.stapscope.debuginfo.value.Location;
import io.stapscope.debuginfo.value.Value;
import io.stapscope.debuginfo.value.Value.Operator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Static marks of an ELF file as probes see them. */
public final class ElfMarks {
    private ElfMarks() {}

    /**
     * In the order of the file. An argument whose place we cannot read is there and missing, with the reason.
     *
     * @throws io.stapscope.debuginfo.elf.ElfFormatException when a note is damaged
     */
    public static List<Mark> of(ElfFile file) {
        return SdtNotes.read(file).stream().map(ElfMarks::mark).toList();
    }

    private static Mark mark(SdtMark mark) {
        return new Mark(
                mark.provider(),
                mark.name(),
                mark.address(),
                mark.semaphore(),
                mark.semaphoreOffset(),
                mark.arguments().stream().map(ElfMarks::argument).toList());
    }

    private static Mark.Argument argument(SdtArgument argument) {
        return new Mark.Argument(
                argument.size(), argument.signed(), location(argument, argument.operand()), argument.text());
    }

    private static Location location(SdtArgument argument, SdtOperand operand) {
        return switch (operand) {
            case SdtOperand.Constant(var value) -> new Location.Computed(new Value.Constant(value));
            case SdtOperand.Address(var value) -> new Location.Computed(new Value.Relocated(value));
            case SdtOperand.Register register -> new Location.Computed(register(register, argument.size() * 8));
            case SdtOperand.Memory memory -> new Location.Memory(address(memory));
            case SdtOperand.Refused(var reason) -> new Location.Missing(reason);
        };
    }

    /** What is above the bits of the register that the note names is not the argument's. */
    private static Value register(SdtOperand.Register register, int wanted) {
        Value value = new Value.Register(register.number());
        if (register.shift() > 0) {
            value = new Value.Binary(Operator.SHIFT_RIGHT_UNSIGNED, value, new Value.Constant(register.shift()));
        }
        return register.bits() < wanted ? low(value, register.bits()) : value;
    }

    private static Value low(Value value, int bits) {
        return new Value.Binary(Operator.AND, value, new Value.Constant((1L << bits) - 1));
    }

    private static Value address(SdtOperand.Memory memory) {
        Value sum = null;
        if (memory.base() >= 0) {
            sum = new Value.Register(memory.base());
        }
        var index = memory.index();
        if (index != null) {
            sum = sum(sum, scaled(index));
        }
        if (memory.relocated()) {
            return sum(sum, new Value.Relocated(memory.displacement()));
        }
        return sum != null && memory.displacement() == 0 ? sum : sum(sum, new Value.Constant(memory.displacement()));
    }

    private static Value sum(@Nullable Value left, Value right) {
        return left == null ? right : new Value.Binary(Operator.ADD, left, right);
    }

    private static Value scaled(Index index) {
        Value register = new Value.Register(index.register());
        var value =
                switch (index.width()) {
                    case WHOLE -> register;
                    case LOW_UNSIGNED -> low(register, 32);
                    case LOW_SIGNED ->
                        new Value.Binary(
                                Operator.SHIFT_RIGHT,
                                new Value.Binary(Operator.SHIFT_LEFT, register, new Value.Constant(32)),
                                new Value.Constant(32));
                };
        return index.scale() == 1
                ? value
                : new Value.Binary(Operator.MULTIPLY, value, new Value.Constant(index.scale()));
    }
}
