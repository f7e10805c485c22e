package io.stapscope.debuginfo.demangle;

import java.util.HashMap;
import java.util.Map;

/** Operators by their codes. */
final class Operators {
    private static final Map<String, Operator> BY_CODE = new HashMap<>();

    /** @param operands how many an expression gives it */
    record Operator(String code, String text, int operands) {
        /** {@code operator+}, {@code operator new}. */
        String function() {
            return (Character.isLowerCase(text.charAt(0)) ? "operator " : "operator") + text.strip();
        }
    }

    static {
        add(1, "ad &", "co ~", "de *", "mm --", "nt !", "ng -", "pp ++", "ps +", "aw co_await");
        add(1, "dl delete", "da delete[]", "tw throw", "nx noexcept", "sz sizeof", "az alignof");
        add(2, "aN &=", "aS =", "aa &&", "an &", "cm ,", "dV /=", "dv /", "eO ^=", "eo ^", "eq ==", "ge >=", "gt >");
        add(2, "lS <<=", "le <=", "ls <<", "lt <", "mI -=", "mL *=", "mi -", "ml *", "ne !=", "oR |=", "oo ||", "or |");
        add(2, "pL +=", "pl +", "pm ->*", "rM %=", "rS >>=", "rm %", "rs >>", "ss <=>", "ds .*", "dt .", "pt ->");
        add(2, "cl ()", "ix []");
        add(3, "qu ?", "nw new", "na new[]");
    }

    private Operators() {}

    private static void add(int operands, String... all) {
        for (var each : all) {
            var code = each.substring(0, 2);
            BY_CODE.put(code, new Operator(code, each.substring(3), operands));
        }
    }

    static Operator find(String code) throws MangledException {
        var found = BY_CODE.get(code);
        if (found == null) {
            throw new MangledException();
        }
        return found;
    }

    static boolean has(String code) {
        return BY_CODE.containsKey(code);
    }
}
