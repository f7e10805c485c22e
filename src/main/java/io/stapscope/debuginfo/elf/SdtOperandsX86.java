package io.stapscope.debuginfo.elf;

import io.stapscope.debuginfo.elf.SdtOperand.Address;
import io.stapscope.debuginfo.elf.SdtOperand.Constant;
import io.stapscope.debuginfo.elf.SdtOperand.Index;
import io.stapscope.debuginfo.elf.SdtOperand.Memory;
import io.stapscope.debuginfo.elf.SdtOperand.Refused;
import io.stapscope.debuginfo.elf.SdtOperand.Register;
import io.stapscope.debuginfo.elf.SdtOperand.Width;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Operands as the assembler of x86-64 writes them: {@code $5}, {@code $name}, {@code %edi}, {@code -20(%rbp,%rax,4)},
 * {@code name+8(%rip)}.
 */
final class SdtOperandsX86 {
    private static final Map<String, Register> REGISTERS = registers();

    private final Function<String, OptionalLong> symbols;

    SdtOperandsX86(Function<String, OptionalLong> symbols) {
        this.symbols = symbols;
    }

    private static Map<String, Register> registers() {
        var all = new HashMap<String, Register>();
        // In the order in which DWARF counts them.
        var names = List.of("ax", "dx", "cx", "bx", "si", "di", "bp", "sp");
        for (int number = 0; number < names.size(); number++) {
            var name = names.get(number);
            all.put("r" + name, new Register(number, 0, 64));
            all.put("e" + name, new Register(number, 0, 32));
            all.put(name, new Register(number, 0, 16));
            if (number < 4) {
                all.put(name.charAt(0) + "l", new Register(number, 0, 8));
                all.put(name.charAt(0) + "h", new Register(number, 8, 8));
            } else {
                all.put(name + "l", new Register(number, 0, 8));
            }
        }
        for (int number = 8; number < 16; number++) {
            all.put("r" + number, new Register(number, 0, 64));
            all.put("r" + number + "d", new Register(number, 0, 32));
            all.put("r" + number + "w", new Register(number, 0, 16));
            all.put("r" + number + "b", new Register(number, 0, 8));
        }
        return Map.copyOf(all);
    }

    SdtOperand parse(String text) {
        if (text.startsWith("$")) {
            var sum = SdtSum.parse(text.substring(1), symbols);
            if (sum == null) {
                return unreadable(text);
            }
            return sum.relocated() ? new Address(sum.value()) : new Constant(sum.value());
        }
        if (text.startsWith("%")) {
            return register(text);
        }
        return memory(text);
    }

    private static SdtOperand register(String text) {
        var register = REGISTERS.get(text.substring(1));
        if (register != null) {
            return register;
        }
        if (text.startsWith("%xmm") || text.startsWith("%ymm") || text.startsWith("%zmm") || text.startsWith("%st")) {
            return new Refused("it is in a floating-point register");
        }
        return text.indexOf(':') > 0
                ? new Refused("it is in memory of a segment, " + text.substring(0, text.indexOf(':')))
                : unreadable(text);
    }

    /** {@code displacement(base,index,scale)}; each part may be absent. */
    private SdtOperand memory(String text) {
        int open = text.indexOf('(');
        var displacement = open < 0 ? text : text.substring(0, open);
        var sum = displacement.isEmpty() ? new SdtSum(0, false) : SdtSum.parse(displacement, symbols);
        if (text.isEmpty() || sum == null || open >= 0 && !text.endsWith(")")) {
            return unreadable(text);
        }
        if (open < 0) {
            return new Memory(-1, null, sum.value(), sum.relocated());
        }
        var parts = text.substring(open + 1, text.length() - 1).split(",", -1);
        var base = parts[0].strip();
        if (base.equals("%rip")) {
            // The distance to a place that nothing tells, unless it is written as a symbol.
            return parts.length == 1 && sum.relocated() ? new Memory(-1, null, sum.value(), true) : unreadable(text);
        }
        var number = base.isEmpty() ? Integer.valueOf(-1) : whole(base);
        var index = parts.length < 2 || parts[1].isBlank() ? null : index(parts);
        if (number == null || parts.length > 3 || index == null && parts.length > 1 && !parts[1].isBlank()) {
            return unreadable(text);
        }
        return new Memory(number, index, sum.value(), sum.relocated());
    }

    private static @Nullable Index index(String[] parts) {
        var register = whole(parts[1].strip());
        int scale = parts.length < 3 ? 1 : scale(parts[2].strip());
        return register == null || scale == 0 ? null : new Index(register, scale, Width.WHOLE);
    }

    private static int scale(String text) {
        return switch (text) {
            case "", "1" -> 1;
            case "2" -> 2;
            case "4" -> 4;
            case "8" -> 8;
            default -> 0;
        };
    }

    /** Number of a register of 64 bits: addresses have no others. */
    private static @Nullable Integer whole(String name) {
        var register = name.startsWith("%") ? REGISTERS.get(name.substring(1)) : null;
        return register == null || register.bits() != 64 ? null : register.number();
    }

    private static SdtOperand unreadable(String text) {
        return new Refused("we cannot read where it is, " + text);
    }
}
