package io.stapscope.debuginfo.elf;

import io.stapscope.debuginfo.elf.SdtOperand.Address;
import io.stapscope.debuginfo.elf.SdtOperand.Constant;
import io.stapscope.debuginfo.elf.SdtOperand.Index;
import io.stapscope.debuginfo.elf.SdtOperand.Memory;
import io.stapscope.debuginfo.elf.SdtOperand.Refused;
import io.stapscope.debuginfo.elf.SdtOperand.Register;
import io.stapscope.debuginfo.elf.SdtOperand.Width;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Operands as the assembler of aarch64 writes them: {@code 5}, {@code x0}, {@code [sp, 16]}, {@code [x0, w1, sxtw 2]}. */
final class SdtOperandsArm {
    private static final Pattern REGISTER = Pattern.compile("([xw])([0-9]|[12][0-9]|30)");
    private static final Pattern FLOATING = Pattern.compile("[bhsdqv][0-9]{1,2}(\\..*)?");

    private static final int STACK_POINTER = 31;

    private final Function<String, OptionalLong> symbols;

    SdtOperandsArm(Function<String, OptionalLong> symbols) {
        this.symbols = symbols;
    }

    SdtOperand parse(String text) {
        if (text.startsWith("[")) {
            return memory(text);
        }
        if (text.equals("xzr") || text.equals("wzr")) {
            return new Constant(0);
        }
        var register = register(text);
        if (register != null) {
            return register;
        }
        if (FLOATING.matcher(text).matches()) {
            return new Refused("it is in a floating-point register");
        }
        var sum = SdtSum.parse(text.startsWith("#") ? text.substring(1) : text, symbols);
        if (sum == null) {
            return unreadable(text);
        }
        return sum.relocated() ? new Address(sum.value()) : new Constant(sum.value());
    }

    private static @Nullable Register register(String text) {
        switch (text) {
            case "sp":
                return new Register(STACK_POINTER, 0, 64);
            case "wsp":
                return new Register(STACK_POINTER, 0, 32);
            case "fp":
                return new Register(29, 0, 64);
            case "lr":
                return new Register(30, 0, 64);
            default:
                var match = REGISTER.matcher(text);
                return match.matches()
                        ? new Register(
                                Integer.parseInt(match.group(2)),
                                0,
                                match.group(1).equals("x") ? 64 : 32)
                        : null;
        }
    }

    /** {@code [base]}, {@code [base, number]}, {@code [base, index]}, {@code [base, index, lsl 3]}. */
    private SdtOperand memory(String text) {
        if (!text.endsWith("]")) {
            return unreadable(text);
        }
        var parts = text.substring(1, text.length() - 1).split(",", -1);
        var base = register(parts[0].strip());
        if (base == null || base.bits() != 64 || parts.length > 3) {
            return unreadable(text);
        }
        if (parts.length == 1) {
            return new Memory(base.number(), null, 0, false);
        }
        var second = parts[1].strip();
        var register = register(second);
        if (register == null) {
            var sum = SdtSum.parse(second.startsWith("#") ? second.substring(1) : second, symbols);
            return sum == null || sum.relocated() || parts.length > 2
                    ? unreadable(text)
                    : new Memory(base.number(), null, sum.value(), false);
        }
        var index = index(register, parts.length > 2 ? parts[2].strip() : "");
        return index == null ? unreadable(text) : new Memory(base.number(), index, 0, false);
    }

    /** @param how the register is extended and shifted: {@code lsl 3}, {@code sxtw}, {@code uxtw #2} */
    private static @Nullable Index index(Register register, String how) {
        var words = how.replace("#", "").split(" +");
        var extension = words[0];
        boolean narrow = register.bits() == 32;
        Width width;
        if (extension.equals("sxtw") && narrow) {
            width = Width.LOW_SIGNED;
        } else if (extension.equals("uxtw") && narrow) {
            width = Width.LOW_UNSIGNED;
        } else if (!narrow && (extension.isEmpty() || extension.equals("lsl") || extension.equals("sxtx"))) {
            width = Width.WHOLE;
        } else {
            return null;
        }
        int scale =
                switch (words.length > 1 ? words[1] : "0") {
                    case "0" -> 1;
                    case "1" -> 2;
                    case "2" -> 4;
                    case "3" -> 8;
                    default -> 0;
                };
        return scale == 0 || words.length > 2 ? null : new Index(register.number(), scale, width);
    }

    private static SdtOperand unreadable(String text) {
        return new Refused("we cannot read where it is, " + text);
    }
}
