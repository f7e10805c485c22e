package io.stapscope.tracer;

import io.stapscope.codegen.RecordSpec;
import io.stapscope.codegen.layout.RecordLayout;
import io.stapscope.interpreter.format.ByteSink;
import io.stapscope.interpreter.format.Formatter;
import io.stapscope.kernel.ringbuffer.RecordHandler;
import java.nio.ByteBuffer;
import java.util.List;

/** Turns the records of the ring buffer into text and into hits of deferred handlers. For one thread. */
final class EventReader implements RecordHandler {
    private final RecordSpec[] specs;
    private final Formatter[] formatters;
    private final RecordArguments[] arguments;
    private final LineAssembler lines;
    private final Sink sink;
    private final ByteSink scratch = new ByteSink(256);
    private long consumed;
    private long malformed;

    /** Receives what is not plain output. */
    interface Sink {
        void warning(String message);

        void error(String message);

        void exit();

        /** @param nanos CLOCK_MONOTONIC of the hit */
        void deferred(int handler, long nanos, Hits.Deferred hit);
    }

    EventReader(List<RecordSpec> records, LineAssembler lines, Sink sink) {
        specs = records.toArray(RecordSpec[]::new);
        formatters =
                records.stream().map(record -> Formatter.of(record.format())).toArray(Formatter[]::new);
        arguments = records.stream().map(RecordArguments::new).toArray(RecordArguments[]::new);
        this.lines = lines;
        this.sink = sink;
    }

    @Override
    public void record(ByteBuffer data, int offset, int length) {
        consumed++;
        int id = length < RecordLayout.FIELDS
                ? specs.length
                : Short.toUnsignedInt(data.getShort(offset + RecordLayout.ID));
        if (id >= specs.length) {
            malformed++;
            return;
        }
        var spec = specs[id];
        switch (spec.kind()) {
            case PRINT -> {
                int cpu = Short.toUnsignedInt(data.getShort(offset + RecordLayout.CPU));
                var to = lines.sink(cpu);
                int start = to.size();
                formatters[id].append(arguments[id].at(data, offset, length), to);
                lines.written(cpu, to, start);
            }
            case WARN -> sink.warning(text(id, data, offset, length));
            case ERROR -> sink.error(text(id, data, offset, length));
            case EXIT -> sink.exit();
            case DEFERRED ->
                sink.deferred(
                        spec.handler(),
                        data.getLong(offset + RecordLayout.TIME),
                        new Hits.Deferred(spec, data, offset, length));
        }
    }

    /** Records read. */
    long consumed() {
        return consumed;
    }

    /** Those among them that no handler sends. */
    long malformed() {
        return malformed;
    }

    private String text(int id, ByteBuffer data, int offset, int length) {
        scratch.clear();
        formatters[id].append(arguments[id].at(data, offset, length), scratch);
        return scratch.toString();
    }
}
