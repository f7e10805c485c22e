package io.stapscope.debuginfo.demangle;

import java.util.ArrayList;

/** Identifiers that are not ASCII (RFC 3492), with {@code _} in place of the last {@code -}. */
final class Punycode {
    private static final int BASE = 36;
    private static final int LONGEST = 256;

    private Punycode() {}

    static String decode(String text) throws MangledException {
        int split = text.lastIndexOf('_');
        var points = new ArrayList<Integer>();
        text.substring(0, Math.max(0, split)).chars().forEach(points::add);
        int at = split + 1;
        int bias = 72;
        long point = 128;
        long index = 0;
        while (at < text.length()) {
            long before = index;
            long weight = 1;
            for (int k = BASE; ; k += BASE) {
                if (at == text.length() || weight > Integer.MAX_VALUE) {
                    throw new MangledException();
                }
                int digit = digit(text.charAt(at++));
                index += digit * weight;
                int threshold = Math.max(1, Math.min(26, k - bias));
                if (digit < threshold) {
                    break;
                }
                weight *= BASE - threshold;
            }
            int count = points.size() + 1;
            bias = adapted(index - before, count, before == 0);
            point += index / count;
            index %= count;
            if (!Character.isValidCodePoint((int) Math.min(point, Integer.MAX_VALUE)) || count > LONGEST) {
                throw new MangledException();
            }
            points.add((int) index++, (int) point);
        }
        var decoded = new StringBuilder();
        points.forEach(each -> Utf8.append(each, decoded));
        return decoded.toString();
    }

    private static int digit(char letter) throws MangledException {
        if (letter >= 'a' && letter <= 'z') {
            return letter - 'a';
        }
        if (letter >= '0' && letter <= '9') {
            return letter - '0' + 26;
        }
        throw new MangledException();
    }

    private static int adapted(long delta, int count, boolean isFirst) {
        long left = isFirst ? delta / 700 : delta / 2;
        left += left / count;
        int k = 0;
        while (left > 35 * 26 / 2) {
            left /= 35;
            k += BASE;
        }
        return (int) (k + 36 * left / (left + 38));
    }
}
