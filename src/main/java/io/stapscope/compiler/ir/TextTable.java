package io.stapscope.compiler.ir;

import java.util.List;

/**
 * Texts by number, known when the script is compiled; the kernel can look them up.
 *
 * @param name what the texts are, also the identity of the table in a plan
 * @param texts by number; byte strings
 * @param prefix of what a number outside is called: {@code syscall_} gives {@code syscall_999}
 */
public record TextTable(String name, List<String> texts, String prefix) {
    public TextTable {
        texts = List.copyOf(texts);
    }

    public String text(long number) {
        return number >= 0 && number < texts.size() ? texts.get((int) number) : prefix + number;
    }

    /** Bytes of the longest text with its NUL. */
    public int width() {
        int longest = prefix.length() + 20;
        for (var text : texts) {
            longest = Math.max(longest, text.length());
        }
        return longest + 1;
    }
}
