package io.stapscope.compiler.service;

import org.jspecify.annotations.Nullable;

/**
 * A word of a text, and what is being written where it ends.
 *
 * @param called whether a parenthesis follows
 */
record WordAt(int start, int end, String word, CursorPlace place, boolean called) {
    static @Nullable WordAt of(String text, int offset) {
        int start = Math.clamp(offset, 0, text.length());
        int end = start;
        while (start > 0 && isPart(text.charAt(start - 1))) {
            start--;
        }
        while (end < text.length() && isPart(text.charAt(end))) {
            end++;
        }
        if (start > 0 && "@%".indexOf(text.charAt(start - 1)) >= 0) {
            start--;
        }
        if (start == end) {
            return null;
        }
        int next = end;
        while (next < text.length() && text.charAt(next) == ' ') {
            next++;
        }
        boolean called = next < text.length() && text.charAt(next) == '(';
        return new WordAt(start, end, text.substring(start, end), CursorScan.at(text, end), called);
    }

    private static boolean isPart(char c) {
        return PartReader.isWord(c) || (c >= '0' && c <= '9');
    }
}
