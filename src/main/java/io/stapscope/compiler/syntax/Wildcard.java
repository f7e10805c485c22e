package io.stapscope.compiler.syntax;

/** File name patterns: {@code *}, {@code ?} and {@code [...]}. */
final class Wildcard {
    private final String pattern;
    private final String text;

    private Wildcard(String pattern, String text) {
        this.pattern = pattern;
        this.text = text;
    }

    static boolean isIn(String text) {
        return text.chars().anyMatch(each -> each == '*' || each == '?' || each == '[');
    }

    static boolean matches(String pattern, String text) {
        return new Wildcard(pattern, text).matches();
    }

    /** Only the last star is ever tried again: what the ones before took was enough for them. */
    private boolean matches() {
        int at = 0;
        int letter = 0;
        int star = -1;
        int taken = 0;
        while (letter < text.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                taken = letter;
            } else if (at < pattern.length() && takes(at, text.charAt(letter))) {
                at = behind(at);
                letter++;
            } else if (star >= 0) {
                at = star + 1;
                letter = ++taken;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }

    /** Whether the part of the pattern that begins there takes this letter. */
    private boolean takes(int at, char letter) {
        if (behind(at) == at + 1) {
            return pattern.charAt(at) == '?' || pattern.charAt(at) == letter;
        }
        int end = behind(at) - 1;
        boolean negated = pattern.charAt(at + 1) == '!' || pattern.charAt(at + 1) == '^';
        boolean found = false;
        for (int i = negated ? at + 2 : at + 1; i < end; i++) {
            boolean range = i + 2 < end && pattern.charAt(i + 1) == '-';
            char last = range ? pattern.charAt(i + 2) : pattern.charAt(i);
            found |= pattern.charAt(i) <= letter && letter <= last;
            i += range ? 2 : 0;
        }
        return found != negated;
    }

    /** Where the next part of the pattern begins; brackets without an end are plain letters. */
    private int behind(int at) {
        int end = pattern.charAt(at) == '[' ? pattern.indexOf(']', at + 2) : -1;
        return end < 0 ? at + 1 : end + 1;
    }
}
