package io.stapscope.tracer;

import io.stapscope.codegen.RecordSpec;
import io.stapscope.interpreter.format.Arguments;
import io.stapscope.interpreter.format.ByteSink;
import java.nio.ByteBuffer;

/** The fields of one record as arguments of a format, read in place. Reused from record to record: for one thread. */
final class RecordArguments implements Arguments {
    private final int[] offsets;
    private final int[] widths;
    private final byte[] scratch;
    private ByteBuffer data = ByteBuffer.allocate(0);
    private int record;
    private int length;

    RecordArguments(RecordSpec spec) {
        offsets = spec.fields().stream().mapToInt(RecordSpec.Field::offset).toArray();
        widths = spec.fields().stream().mapToInt(RecordSpec.Field::width).toArray();
        int widest = 0;
        for (int width : widths) {
            widest = Math.max(widest, width);
        }
        scratch = new byte[widest];
    }

    /** Points at another record. */
    RecordArguments at(ByteBuffer buffer, int offset, int size) {
        data = buffer;
        record = offset;
        length = size;
        return this;
    }

    @Override
    public long number(int index) {
        return data.getLong(record + offsets[index]);
    }

    @Override
    public int textLength(int index) {
        int start = record + offsets[index];
        int most = Math.min(widths[index], length - offsets[index]);
        int count = 0;
        while (count < most && data.get(start + count) != 0) {
            count++;
        }
        return count;
    }

    @Override
    public void appendText(int index, int count, ByteSink out) {
        data.get(record + offsets[index], scratch, 0, count);
        out.append(scratch, 0, count);
    }
}
