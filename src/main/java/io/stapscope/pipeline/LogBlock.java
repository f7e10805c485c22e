package io.stapscope.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lines that a script printed one after the other to one stream, read together. One text, not one per line: bursts of
 * millions of lines cost no object each.
 *
 * @param seq number of the first line, from 1 within the run
 * @param millis when they were read, since 1970
 * @param error whether they belong to the error stream
 * @param lines how many, at least 1
 * @param text the lines with a line end between them, none at the end; fit to be shown
 */
public record LogBlock(long seq, long millis, boolean error, int lines, String text) {
    public static LogBlock of(LogLine line) {
        return new LogBlock(line.seq(), line.millis(), line.error(), 1, line.text());
    }

    /** The last lines of it, at most so many. */
    public List<LogLine> last(int most) {
        int count = Math.min(most, lines);
        var last = new LogLine[count];
        int end = text.length();
        for (int i = count - 1; i >= 0; i--) {
            // A single line may hold anything.
            int start = lines == 1 ? 0 : text.lastIndexOf('\n', end - 1) + 1;
            last[i] = new LogLine(seq + lines - count + i, millis, error, text.substring(start, end));
            end = start - 1;
        }
        return new ArrayList<>(Arrays.asList(last));
    }
}
