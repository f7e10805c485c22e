package io.stapscope.debuginfo.elf;

import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A sum of numbers and at most one symbol, as assemblers write displacements: {@code -8}, {@code 0x10+counter}.
 *
 * @param value of all together
 * @param relocated whether a symbol is in it: the value is an address of the file
 */
record SdtSum(long value, boolean relocated) {
    /** @return null when it is no such sum or names a symbol that is not known */
    static @Nullable SdtSum parse(String text, Function<String, OptionalLong> symbols) {
        long value = 0;
        boolean relocated = false;
        int at = 0;
        while (at < text.length() || at == 0) {
            boolean negative = false;
            while (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                negative ^= text.charAt(at) == '-';
                at++;
            }
            int start = at;
            while (at < text.length() && text.charAt(at) != '+' && text.charAt(at) != '-') {
                at++;
            }
            var term = text.substring(start, at).strip();
            var number = number(term);
            if (number.isEmpty()) {
                number = negative || relocated ? OptionalLong.empty() : symbols.apply(term);
                relocated = true;
            }
            if (number.isEmpty()) {
                return null;
            }
            value += negative ? -number.getAsLong() : number.getAsLong();
        }
        return new SdtSum(value, relocated);
    }

    /** Decimal or hexadecimal, up to 64 bits. */
    private static OptionalLong number(String text) {
        boolean hexadecimal = text.startsWith("0x") || text.startsWith("0X");
        var digits = hexadecimal ? text.substring(2) : text;
        if (digits.isEmpty() || Character.digit(digits.charAt(0), 16) < 0 || digits.length() > 20) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseUnsignedLong(digits, hexadecimal ? 16 : 10));
        } catch (NumberFormatException _) {
            return OptionalLong.empty();
        }
    }
}
