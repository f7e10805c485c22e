package io.stapscope.debuginfo.demangle;

import java.util.Map;

/** Names of Rust before 2021: {@code _ZN}, parts of paths with their lengths, {@code 17h<hash>E}. */
final class RustLegacy {
    private static final int HASH = 17;
    private static final Map<String, String> ESCAPES =
            Map.of("SP", "@", "BP", "*", "RF", "&", "LT", "<", "GT", ">", "LP", "(", "RP", ")", "C", ",");

    private RustLegacy() {}

    /** Without the hash; empty when it is no name of Rust. */
    static String read(String symbol) {
        int at = 3;
        if (!symbol.startsWith("_ZN")) {
            return "";
        }
        var path = new StringBuilder();
        while (at < symbol.length() && Character.isDigit(symbol.charAt(at))) {
            int length = 0;
            while (at < symbol.length() && Character.isDigit(symbol.charAt(at)) && length < symbol.length()) {
                length = length * 10 + symbol.charAt(at++) - '0';
            }
            if (length == 0 || length > symbol.length() - at) {
                return "";
            }
            var part = symbol.substring(at, at + length);
            at += length;
            boolean isLast = at < symbol.length() && symbol.charAt(at) == 'E';
            if (isLast) {
                boolean isEnd = at + 1 == symbol.length() || symbol.charAt(at + 1) == '.';
                return isHash(part) && isEnd && !path.isEmpty() ? path.toString() : "";
            }
            if (!unescape(part, path.append(path.isEmpty() ? "" : "::"))) {
                return "";
            }
        }
        return "";
    }

    private static boolean isHash(String part) {
        return part.length() == HASH
                && part.charAt(0) == 'h'
                && part.substring(1).chars().allMatch(each -> each >= '0' && each <= '9' || each >= 'a' && each <= 'f')
                && part.chars().skip(1).distinct().count() >= 5;
    }

    private static boolean unescape(String part, StringBuilder to) {
        int at = part.startsWith("_$") ? 1 : 0;
        while (at < part.length()) {
            char next = part.charAt(at);
            if (next == '$') {
                int end = part.indexOf('$', at + 1);
                if (end < 0 || !escape(part.substring(at + 1, end), to)) {
                    return false;
                }
                at = end + 1;
            } else if (part.startsWith("..", at)) {
                to.append("::");
                at += 2;
            } else {
                to.append(next);
                at++;
            }
        }
        return true;
    }

    private static boolean escape(String word, StringBuilder to) {
        var known = ESCAPES.get(word);
        if (known != null) {
            to.append(known);
            return true;
        }
        if (!word.matches("u[0-9a-f]{1,6}")) {
            return false;
        }
        int point = Integer.parseInt(word.substring(1), 16);
        if (!Character.isValidCodePoint(point) || Character.isISOControl(point)) {
            return false;
        }
        Utf8.append(point, to);
        return true;
    }
}
