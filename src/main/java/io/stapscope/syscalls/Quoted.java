package io.stapscope.syscalls;

/** Bytes between quotation marks, as {@code strace} writes them. */
final class Quoted {
    private Quoted() {}

    /** @param more whether there were more bytes than these */
    static String of(String bytes, boolean more) {
        var text = new StringBuilder(bytes.length() + 8).append('"');
        for (int i = 0; i < bytes.length(); i++) {
            append(text, bytes.charAt(i), i + 1 < bytes.length() ? bytes.charAt(i + 1) : 0);
        }
        return text.append(more ? "\"..." : "\"").toString();
    }

    private static void append(StringBuilder text, char c, char next) {
        switch (c) {
            case '"', '\\' -> text.append('\\').append(c);
            case '\f' -> text.append("\\f");
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            case 0x0b -> text.append("\\v");
            default -> {
                if (c >= ' ' && c < 0x7f) {
                    text.append(c);
                } else {
                    text.append('\\').append(octal(c, next >= '0' && next <= '9'));
                }
            }
        }
    }

    /** As short as it can be, unless a digit follows. */
    private static String octal(char c, boolean full) {
        var digits = Integer.toOctalString(c);
        return full ? "0".repeat(3 - digits.length()) + digits : digits;
    }
}
