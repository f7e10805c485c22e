package io.stapscope.pipeline;

import io.stapscope.tracer.Output;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * Makes blocks of whole lines of the fragments a script prints. Not thread-safe: output comes in order from one run.
 */
public final class ConsoleLines {
    /** A line that does not end is cut here, so that memory stays bounded. */
    static final int LONGEST = 8192;

    /** A block ends with the line that makes it this long: who wants one line reads its block. */
    static final int BLOCK = 1 << 17;

    private final LongSupplier millis;
    private final UnaryOperator<String> decode;
    private final Map<Output.Stream, StringBuilder> unfinished = new EnumMap<>(Output.Stream.class);
    private long seq;

    /**
     * @param millis the wall clock, since 1970
     * @param decode text of a byte string; line ends stay what they are
     */
    public ConsoleLines(LongSupplier millis, UnaryOperator<String> decode) {
        this.millis = millis;
        this.decode = decode;
    }

    /** The lines this fragment completes. */
    public List<LogBlock> add(Output output) {
        var line = unfinished.computeIfAbsent(output.stream(), _ -> new StringBuilder());
        var text = output.text();
        int whole = line.isEmpty() && text.length() <= BLOCK ? wholeLines(text) : 0;
        return whole > 0
                ? List.of(block(output.stream(), whole, text.substring(0, text.length() - 1)))
                : assembled(output.stream(), text, line);
    }

    /** How many lines a text is; 0 when the last does not end or one is too long. */
    private static int wholeLines(String text) {
        int lines = 0;
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            if (end < 0 || end - from > LONGEST) {
                return 0;
            }
            lines++;
            from = end + 1;
        }
        return lines;
    }

    private List<LogBlock> assembled(Output.Stream stream, String text, StringBuilder line) {
        var blocks = new ArrayList<LogBlock>();
        var block = new StringBuilder();
        int lines = 0;
        int from = 0;
        while (from < text.length()) {
            int lineEnd = text.indexOf('\n', from);
            int end = lineEnd < 0 ? text.length() : lineEnd;
            int to = Math.min(end, from + LONGEST - line.length());
            line.append(text, from, to);
            boolean ends = to == lineEnd;
            boolean goesOn = to < end;
            if (ends || goesOn) {
                block.append(lines == 0 ? "" : "\n").append(line);
                line.setLength(0);
                lines++;
                if (block.length() >= BLOCK) {
                    blocks.add(block(stream, lines, block.toString()));
                    block.setLength(0);
                    lines = 0;
                }
            }
            from = ends ? to + 1 : to;
        }
        if (lines > 0) {
            blocks.add(block(stream, lines, block.toString()));
        }
        return blocks;
    }

    /** What was printed without a line end, when the run is over. */
    public List<LogBlock> finish() {
        var complete = new ArrayList<LogBlock>();
        unfinished.forEach((stream, line) -> {
            if (!line.isEmpty()) {
                complete.add(block(stream, 1, line.toString()));
                line.setLength(0);
            }
        });
        return complete;
    }

    /** How many lines were made so far. */
    public long lines() {
        return seq;
    }

    private LogBlock block(Output.Stream stream, int lines, String text) {
        var block = new LogBlock(seq + 1, millis.getAsLong(), stream == Output.Stream.ERROR, lines, decode.apply(text));
        seq += lines;
        return block;
    }
}
