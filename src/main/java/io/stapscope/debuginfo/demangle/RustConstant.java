package io.stapscope.debuginfo.demangle;

import java.math.BigInteger;
import java.util.regex.Pattern;

/** Values of constant arguments of Rust. */
final class RustConstant {
    private static final Pattern DIGITS = Pattern.compile("n?[0-9a-f]{0,32}");
    private static final String NUMBERS = "ahijlmnostxy";

    private RustConstant() {}

    /** @param type code of a basic type */
    static void append(char type, String digits, StringBuilder out) throws MangledException {
        if (!DIGITS.matcher(digits).matches()) {
            throw new MangledException();
        }
        boolean isNegative = digits.startsWith("n");
        var hex = isNegative ? digits.substring(1) : digits;
        var value = hex.isEmpty() ? BigInteger.ZERO : new BigInteger(hex, 16);
        if (type == 'b' && value.bitLength() <= 1) {
            out.append(value.signum() == 0 ? "false" : "true");
        } else if (type == 'c' && Character.isValidCodePoint(value.bitLength() <= 21 ? value.intValue() : -1)) {
            out.append('\'');
            Utf8.append(value.intValue(), out);
            out.append('\'');
        } else if (NUMBERS.indexOf(type) >= 0) {
            out.append(isNegative ? "-" : "").append(value);
        } else {
            throw new MangledException();
        }
    }
}
