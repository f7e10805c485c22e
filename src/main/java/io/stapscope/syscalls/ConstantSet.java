package io.stapscope.syscalls;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Named numbers that belong together; their order is the one in which flags are written. */
final class ConstantSet {
    /** One name. */
    record Constant(String name, long value) {}

    private final String name;
    private final List<Constant> constants;
    private final Map<Long, String> names = new HashMap<>();
    private final String unknown;

    /** @param unknown what numbers without name are called; null for the beginning of the names */
    ConstantSet(String name, List<Constant> constants, @Nullable String unknown) {
        this.name = name;
        this.constants = List.copyOf(constants);
        constants.forEach(constant -> names.putIfAbsent(constant.value(), constant.name()));
        this.unknown = unknown != null ? unknown : beginning(constants) + "???";
    }

    String name() {
        return name;
    }

    @Nullable
    String name(long value) {
        return names.get(value);
    }

    /** The name of a number, or the number and what it would be. */
    String choice(long value) {
        var known = name(value);
        return known != null ? known : number(value) + comment();
    }

    /** The names of all bits, joined by bars. */
    String flags(long value) {
        var zero = name(0);
        if (value == 0) {
            return zero == null ? "0" : zero;
        }
        var text = new StringBuilder();
        long rest = append(value, text);
        if (text.isEmpty()) {
            return number(value) + comment();
        }
        return rest == 0 ? text.toString() : text + "|" + number(rest);
    }

    /** Appends the names of the bits that are known, and returns the others. */
    long append(long value, StringBuilder text) {
        long rest = value;
        for (var constant : constants) {
            if (constant.value() != 0 && (rest & constant.value()) == constant.value()) {
                text.append(text.isEmpty() ? "" : "|").append(constant.name());
                rest &= ~constant.value();
            }
        }
        return rest;
    }

    static String number(long value) {
        return value == 0 ? "0" : "0x" + Long.toHexString(value);
    }

    String comment() {
        return " /* " + unknown + " */";
    }

    private static String beginning(List<Constant> constants) {
        var common = constants.isEmpty() ? "" : constants.getFirst().name();
        for (var constant : constants) {
            while (!constant.name().startsWith(common)) {
                common = common.substring(0, common.length() - 1);
            }
        }
        return common.substring(0, common.lastIndexOf('_') + 1);
    }
}
