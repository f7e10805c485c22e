package io.stapscope.compiler.source;

import java.util.Arrays;

/** The line starts of one text, so that an offset becomes a line and a column. */
public final class LineIndex {
    private final String text;
    private final int[] starts;

    private LineIndex(String text) {
        this.text = text;
        var found = new int[16];
        int count = 1;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                if (count == found.length) {
                    found = Arrays.copyOf(found, count * 2);
                }
                found[count++] = i + 1;
            }
        }
        this.starts = Arrays.copyOf(found, count);
    }

    public static LineIndex of(SourceText source) {
        return new LineIndex(source.text());
    }

    public int lines() {
        return starts.length;
    }

    /** The line that holds {@code offset}, from 1. */
    public int line(int offset) {
        int at = Arrays.binarySearch(starts, offset);
        return at >= 0 ? at + 1 : -at - 1;
    }

    /** The column of {@code offset} in its line in UTF-16 units, from 1. */
    public int column(int offset) {
        return offset - starts[line(offset) - 1] + 1;
    }

    /** The text of a line (from 1) without its line end. */
    public String lineText(int line) {
        int start = starts[line - 1];
        int end = line < starts.length ? starts[line] - 1 : text.length();
        if (end > start && text.charAt(end - 1) == '\r') {
            end--;
        }
        return text.substring(start, end);
    }
}
