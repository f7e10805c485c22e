package io.stapscope.history;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines that a script printed one after the other, as one row holds them.
 *
 * @param seq number of the first line, from 1 within the capture; the others follow without holes
 * @param timeMillis when they were read, since 1970
 * @param stream out or err
 * @param lines how many, at least 1
 * @param text readable, the lines with a line end between them and none at the end
 */
public record ConsoleBlock(long seq, long timeMillis, String stream, int lines, String text) {
    /** About what a block takes in memory besides its text. */
    private static final int OVERHEAD = 100;

    public static ConsoleBlock of(ConsoleLine line) {
        return new ConsoleBlock(line.seq(), line.timeMillis(), line.stream(), 1, line.text());
    }

    /** The lines after the {@code after}th of the capture, at most so many. */
    List<ConsoleLine> lines(long after, int most) {
        var found = new ArrayList<ConsoleLine>();
        int start = 0;
        for (long at = seq; at < seq + lines && found.size() < most; at++) {
            // A single line may hold anything.
            int next = lines == 1 ? -1 : text.indexOf('\n', start);
            int end = next < 0 ? text.length() : next;
            if (at > after) {
                found.add(new ConsoleLine(at, timeMillis, stream, text.substring(start, end)));
            }
            start = end + 1;
        }
        return found;
    }

    long lastSeq() {
        return seq + lines - 1;
    }

    /** Bytes it takes in memory, about. */
    long bytes() {
        return OVERHEAD + text.length();
    }

    /** Both halves of a block of more than one line. */
    List<ConsoleBlock> halves() {
        int first = lines / 2;
        int cut = -1;
        for (int i = 0; i < first; i++) {
            cut = text.indexOf('\n', cut + 1);
        }
        return List.of(
                new ConsoleBlock(seq, timeMillis, stream, first, text.substring(0, cut)),
                new ConsoleBlock(seq + first, timeMillis, stream, lines - first, text.substring(cut + 1)));
    }

    static long lines(List<ConsoleBlock> blocks) {
        return blocks.stream().mapToLong(ConsoleBlock::lines).sum();
    }
}
