package io.stapscope.compiler.syntax;

/** The order of versions that the C library's {@code strverscmp} makes: runs of digits compare as numbers. */
final class VersionOrder {
    private VersionOrder() {}

    /** Negative when {@code left} is the older one, positive when it is the newer one. */
    static int compare(String left, String right) {
        int at = 0;
        while (at < left.length() && at < right.length() && left.charAt(at) == right.charAt(at)) {
            at++;
        }
        int run = at;
        while (run > 0 && Words.isDigit(left.charAt(run - 1))) {
            run--;
        }
        int plain = letter(left, at) - letter(right, at);
        boolean leftDigit = isDigit(left, at);
        boolean rightDigit = isDigit(right, at);
        if (!leftDigit && !rightDigit) {
            return plain;
        }
        if (run < at ? left.charAt(run) == '0' : letter(left, at) == '0' || letter(right, at) == '0') {
            // A leading zero makes it a fraction, where 01 comes before 1, and 00 before 0.
            boolean zeros = left.substring(run, at).chars().allMatch(each -> each == '0');
            return run < at && zeros && leftDigit != rightDigit ? (leftDigit ? -1 : 1) : plain;
        }
        if (run == at && leftDigit != rightDigit) {
            return plain;
        }
        int longer = digits(left, at) - digits(right, at);
        return longer == 0 ? plain : longer;
    }

    /** How many digits stand at a place. */
    private static int digits(String text, int from) {
        int at = from;
        while (isDigit(text, at)) {
            at++;
        }
        return at - from;
    }

    private static boolean isDigit(String text, int at) {
        return at < text.length() && Words.isDigit(text.charAt(at));
    }

    private static int letter(String text, int at) {
        return at < text.length() ? text.charAt(at) : 0;
    }
}
