package io.stapscope.interpreter.library;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Doubles carried in longs by their bits. */
public final class FloatingPoint {
    private static final int MOST_DIGITS = 400;

    private FloatingPoint() {}

    public static long add(long left, long right) {
        return bits(value(left) + value(right));
    }

    public static long subtract(long left, long right) {
        return bits(value(left) - value(right));
    }

    public static long multiply(long left, long right) {
        return bits(value(left) * value(right));
    }

    public static long divide(long left, long right) {
        return bits(value(left) / value(right));
    }

    /** The remainder of the quotient rounded to the nearest integer, as IEEE defines it. */
    public static long remainder(long left, long right) {
        return bits(Math.IEEEremainder(value(left), value(right)));
    }

    public static long squareRoot(long operand) {
        return bits(Math.sqrt(value(operand)));
    }

    public static long equal(long left, long right) {
        return value(left) == value(right) ? 1 : 0;
    }

    public static long lessOrEqual(long left, long right) {
        return value(left) <= value(right) ? 1 : 0;
    }

    public static long less(long left, long right) {
        return value(left) < value(right) ? 1 : 0;
    }

    public static long ofLong(long number) {
        return bits((double) number);
    }

    /** A double from the bits of a float. */
    public static long ofFloat(long floatBits) {
        return bits(Float.intBitsToFloat((int) floatBits));
    }

    /**
     * @param mode 0 nearest, ties to even; 1 towards zero; 2 down; 3 up; 4 nearest, ties away from zero; 6 to odd
     */
    public static long toLong(long operand, long mode) {
        double value = value(operand);
        if (Double.isNaN(value)) {
            return Long.MIN_VALUE;
        }
        double rounded =
                switch ((int) mode) {
                    case 1 -> value < 0 ? Math.ceil(value) : Math.floor(value);
                    case 2 -> Math.floor(value);
                    case 3 -> Math.ceil(value);
                    case 4 -> Math.copySign(Math.floor(Math.abs(value) + 0.5), value);
                    case 6 -> toOdd(value);
                    default -> Math.rint(value);
                };
        // Too great for a long is the least long, as x86 has it.
        return rounded >= 0x1p63 || rounded < -0x1p63 ? Long.MIN_VALUE : (long) rounded;
    }

    private static double toOdd(double value) {
        double down = Math.floor(value);
        return down == value || down % 2 != 0 ? down : down + 1;
    }

    /** Decimal text with this many digits behind the point, correctly rounded. */
    public static String toText(long operand, long precision) {
        double value = value(operand);
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "Inf" : "-Inf";
        }
        int digits = (int) Math.clamp(precision, 0, MOST_DIGITS);
        var text =
                new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
        return value < 0 && !text.startsWith("-") ? "-" + text : text;
    }

    public static long ofText(String text) {
        try {
            if (text.isEmpty() || !text.chars().allMatch(c -> "+-.eE0123456789".indexOf(c) >= 0)) {
                throw new LibraryException("invalid format");
            }
            return bits(Double.parseDouble(text));
        } catch (NumberFormatException _) {
            throw new LibraryException("invalid format");
        }
    }

    private static double value(long bits) {
        return Double.longBitsToDouble(bits);
    }

    private static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }
}
