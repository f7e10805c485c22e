package io.stapscope.pipeline;

import io.stapscope.tracer.Output;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** Makes whole lines of the fragments a script prints. Not thread-safe: output comes in order from one run. */
public final class ConsoleLines {
    /** A line that does not end is cut here, so that memory stays bounded. */
    static final int LONGEST = 8192;

    private final LongSupplier millis;
    private final UnaryOperator<String> decode;
    private final Map<Output.Stream, StringBuilder> unfinished = new EnumMap<>(Output.Stream.class);
    private long seq;

    /**
     * @param millis the wall clock, since 1970
     * @param decode text of a byte string
     */
    public ConsoleLines(LongSupplier millis, UnaryOperator<String> decode) {
        this.millis = millis;
        this.decode = decode;
    }

    /** The lines this fragment completes. */
    public List<LogLine> add(Output output) {
        var line = unfinished.computeIfAbsent(output.stream(), _ -> new StringBuilder());
        var complete = new ArrayList<LogLine>();
        var text = output.text();
        int from = 0;
        while (from < text.length()) {
            int lineEnd = text.indexOf('\n', from);
            int end = lineEnd < 0 ? text.length() : lineEnd;
            int to = Math.min(end, from + LONGEST - line.length());
            line.append(text, from, to);
            if (to == lineEnd) {
                complete.add(take(output.stream(), line));
                to++;
            } else if (line.length() == LONGEST) {
                complete.add(take(output.stream(), line));
            }
            from = to;
        }
        return complete;
    }

    /** What was printed without a line end, when the run is over. */
    public List<LogLine> finish() {
        var complete = new ArrayList<LogLine>();
        unfinished.forEach((stream, line) -> {
            if (!line.isEmpty()) {
                complete.add(take(stream, line));
            }
        });
        return complete;
    }

    /** How many lines were made so far. */
    public long lines() {
        return seq;
    }

    private LogLine take(Output.Stream stream, StringBuilder line) {
        var whole =
                new LogLine(++seq, millis.getAsLong(), stream == Output.Stream.ERROR, decode.apply(line.toString()));
        line.setLength(0);
        return whole;
    }
}
