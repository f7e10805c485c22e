package io.stapscope.debuginfo.elf;

import io.stapscope.debuginfo.elf.SdtOperand.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The text of the arguments of a mark: {@code N@OP N@OP ...}, where N tells the size (negative for signed numbers) and OP is
 * an operand as the assembler of the machine writes it. What we cannot read is refused for that argument only.
 */
final class SdtArguments {
    /** The macros know twelve. */
    private static final int MOST = 64;

    private final Function<String, SdtOperand> operands;

    /** @param symbols addresses of the names of the file */
    SdtArguments(int machine, Function<String, OptionalLong> symbols) {
        operands = switch (machine) {
            case Machine.X86_64 -> new SdtOperandsX86(symbols)::parse;
            case Machine.AARCH64 -> new SdtOperandsArm(symbols)::parse;
            default -> _ -> new Refused("arguments of marks on " + Machine.name(machine) + " are not read");
        };
    }

    List<SdtArgument> parse(String text) {
        var found = new ArrayList<SdtArgument>();
        for (var part : split(text)) {
            if (found.size() == MOST) {
                throw new ElfFormatException("has a mark of more than " + MOST + " arguments");
            }
            found.add(argument(part));
        }
        return found;
    }

    /** At blanks that are in no brackets. */
    private static List<String> split(String text) {
        var parts = new ArrayList<String>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            char letter = i < text.length() ? text.charAt(i) : ' ';
            if (letter == '[' || letter == '(') {
                depth++;
            } else if (letter == ']' || letter == ')') {
                depth--;
            } else if ((letter == ' ' && depth <= 0) || i == text.length()) {
                if (i > start) {
                    parts.add(text.substring(start, i));
                }
                start = i + 1;
            }
        }
        return parts;
    }

    private SdtArgument argument(String text) {
        int at = text.indexOf('@');
        var prefix = at < 0 ? "" : text.substring(0, at);
        var operand = text.substring(at + 1);
        return switch (prefix) {
            case "" -> new SdtArgument(8, true, operands.apply(operand), text);
            case "1", "2", "4", "8" -> new SdtArgument(Integer.parseInt(prefix), false, operands.apply(operand), text);
            case "-1", "-2", "-4", "-8" ->
                new SdtArgument(-Integer.parseInt(prefix), true, operands.apply(operand), text);
            case "2f", "4f", "8f", "-2f", "-4f", "-8f" ->
                new SdtArgument(8, false, new Refused("floating-point numbers are not read"), text);
            default -> new SdtArgument(8, false, new Refused("its size is not 1, 2, 4 or 8 bytes"), text);
        };
    }
}
