package io.stapscope.tracer;

import io.stapscope.interpreter.format.ByteSink;

/**
 * Joins what the handlers of several CPUs print, so that a line is never made of two handlers' text: a part without its
 * line end waits for the rest from the same CPU. For one thread.
 */
final class LineAssembler {
    private final ByteSink out = new ByteSink(1 << 16);
    private final ByteSink[] pending;
    private boolean anyPending;

    LineAssembler(int cpus) {
        pending = new ByteSink[cpus];
        for (int cpu = 0; cpu < cpus; cpu++) {
            pending[cpu] = new ByteSink(64);
        }
    }

    /** Where a CPU's next text goes; follow it with {@link #written}. */
    ByteSink sink(int cpu) {
        return pending[cpu].size() > 0 ? pending[cpu] : out;
    }

    /** The text from {@code start} on was written to the sink of this CPU. */
    void written(int cpu, ByteSink sink, int start) {
        int end = sink.size();
        if (end == start || sink.array()[end - 1] == '\n') {
            if (sink != out) {
                out.append(sink.array(), 0, end);
                sink.clear();
            }
            return;
        }
        anyPending = true;
        if (sink == out) {
            int line = end;
            while (line > start && out.array()[line - 1] != '\n') {
                line--;
            }
            pending[cpu].append(out.array(), line, end - line);
            out.truncate(line);
        }
    }

    /** Text that is complete in itself. */
    void print(String text) {
        out.append(text);
    }

    boolean hasPending() {
        return anyPending;
    }

    /** Gives up waiting for line ends. */
    void release() {
        for (var part : pending) {
            if (part.size() > 0) {
                out.append(part.array(), 0, part.size());
                part.clear();
            }
        }
        anyPending = false;
    }

    int size() {
        return out.size();
    }

    /** Everything so far; begins anew. */
    String take() {
        var text = out.toString();
        out.clear();
        return text;
    }
}
