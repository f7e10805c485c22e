package io.stapscope.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What waits on disk as bytes: a version byte, a byte that says which of the {@link Entry entries} follows, and the entry.
 * Rows are written field by field; what there is one of per capture is JSON. In version 1 each line stood by itself, before version 3 keys had
 * no notes.
 */
final class SpillCodec {
    private static final int VERSION = 3;
    private static final int SINGLE_LINES = 1;
    private static final int NO_NOTES = 2;
    private static final int OPEN = 1;
    private static final int ROWS = 2;
    private static final int END = 3;
    private static final ObjectMapper JSON = new ObjectMapper();

    private SpillCodec() {}

    /** One thing that the store is asked to do. */
    sealed interface Entry {
        /** A capture began. */
        record Open(CaptureStart start) implements Entry {}

        /** Rows of a capture. */
        record Rows(Origin origin, Batch batch) implements Entry {}

        /** A capture ended. @param refused rows that were lost before they came here */
        record End(Origin origin, CaptureEnd end, long refused) implements Entry {}
    }

    private record EndFields(Origin origin, CaptureEnd end, long refused) {}

    static byte[] encode(Entry entry) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            switch (entry) {
                case Entry.Open(var start) -> {
                    out.writeByte(OPEN);
                    out.write(JSON.writeValueAsBytes(start));
                }
                case Entry.Rows(var origin, var batch) -> {
                    out.writeByte(ROWS);
                    write(out, origin);
                    write(out, batch);
                }
                case Entry.End(var origin, var end, var refused) -> {
                    out.writeByte(END);
                    out.write(JSON.writeValueAsBytes(new EndFields(origin, end, refused)));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("memory takes every byte", e);
        }
        return bytes.toByteArray();
    }

    /** Throws an {@link IOException} for bytes of another version or that make no sense. */
    static Entry decode(byte[] bytes) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(bytes));
        int version = in.readByte();
        if (version < SINGLE_LINES || version > VERSION) {
            throw new IOException("a record of version " + version);
        }
        int kind = in.readByte();
        try {
            return switch (kind) {
                case OPEN -> new Entry.Open(JSON.readValue(in.readAllBytes(), CaptureStart.class));
                case ROWS -> new Entry.Rows(readOrigin(in), readBatch(in, version));
                case END -> {
                    var fields = JSON.readValue(in.readAllBytes(), EndFields.class);
                    yield new Entry.End(fields.origin(), fields.end(), fields.refused());
                }
                default -> throw new IOException("a record of kind " + kind);
            };
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new IOException("a record that cannot be read: " + e.getMessage(), e);
        }
    }

    private static void write(DataOutputStream out, Origin origin) throws IOException {
        out.writeLong(origin.capture().getMostSignificantBits());
        out.writeLong(origin.capture().getLeastSignificantBits());
        out.writeLong(origin.startedAtMillis());
    }

    private static Origin readOrigin(DataInputStream in) throws IOException {
        return new Origin(new java.util.UUID(in.readLong(), in.readLong()), in.readLong());
    }

    private static void write(DataOutputStream out, Batch batch) throws IOException {
        writeAll(out, batch.series(), SpillCodec::write);
        writeAll(out, batch.minutes(), SpillCodec::write);
        writeAll(out, batch.wholes(), SpillCodec::write);
        writeAll(out, batch.known(), SpillCodec::write);
        writeAll(out, batch.gaps(), SpillCodec::write);
        writeAll(out, batch.lines(), SpillCodec::write);
    }

    private static Batch readBatch(DataInputStream in, int version) throws IOException {
        return new Batch(
                readAll(in, from -> readSeries(from, version)),
                readAll(in, SpillCodec::readMinute),
                readAll(in, SpillCodec::readWhole),
                readAll(in, SpillCodec::readKnown),
                readAll(in, SpillCodec::readGap),
                readAll(in, from -> version == SINGLE_LINES ? ConsoleBlock.of(readLine(from)) : readBlock(from)));
    }

    private static void write(DataOutputStream out, WindowRecord.Series series) throws IOException {
        out.writeInt(series.agg());
        out.writeInt(series.number());
        out.writeShort(series.facet().code());
        writeAll(out, series.keys(), (to, key) -> {
            write(to, key.kind());
            write(to, key.value());
            write(to, key.label());
            write(to, key.note() == null ? "" : key.note());
        });
    }

    private static WindowRecord.Series readSeries(DataInputStream in, int version) throws IOException {
        return new WindowRecord.Series(
                in.readInt(), in.readInt(), Facet.ofCode(in.readShort()), readAll(in, from -> readKey(from, version)));
    }

    private static KeyPart readKey(DataInputStream in, int version) throws IOException {
        var kind = readText(in);
        var value = readText(in);
        var label = readText(in);
        var note = version <= NO_NOTES ? "" : readText(in);
        return new KeyPart(kind, value, label, note.isEmpty() ? null : note);
    }

    private static void write(DataOutputStream out, Row.Minute row) throws IOException {
        write(out, row.series());
        out.writeInt(row.minute());
        longs(out, row.seq(), row.n(), row.sum(), row.min(), row.max());
        write(out, row.histogram());
        write(out, row.chunk());
    }

    private static Row.Minute readMinute(DataInputStream in) throws IOException {
        var series = readKey(in);
        int minute = in.readInt();
        var numbers = longs(in, 5);
        var histogram = readBytes(in);
        var chunk = readBytes(in);
        if (chunk == null) {
            throw new IOException("a minute without seconds");
        }
        return new Row.Minute(
                series, minute, numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], histogram, chunk);
    }

    private static void write(DataOutputStream out, Row.Whole row) throws IOException {
        write(out, row.series());
        longs(out, row.seq(), row.n(), row.sum(), row.min(), row.max());
        write(out, row.histogram());
    }

    private static Row.Whole readWhole(DataInputStream in) throws IOException {
        var series = readKey(in);
        var numbers = longs(in, 5);
        return new Row.Whole(series, numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], readBytes(in));
    }

    private static void write(DataOutputStream out, Row.Known row) throws IOException {
        out.writeInt(row.minute());
        longs(out, row.seq(), row.secondsKnown());
        byte[] losses = JSON.writeValueAsBytes(row.losses());
        write(out, losses);
    }

    private static Row.Known readKnown(DataInputStream in) throws IOException {
        int minute = in.readInt();
        var numbers = longs(in, 2);
        return new Row.Known(minute, numbers[0], numbers[1], JSON.readValue(readBytes(in), LossRecord.class));
    }

    private static void write(DataOutputStream out, Row.Gap gap) throws IOException {
        longs(out, gap.fromMillis(), gap.toMillis(), gap.lost());
        write(out, gap.reason().word());
        write(out, gap.detail());
    }

    private static Row.Gap readGap(DataInputStream in) throws IOException {
        var numbers = longs(in, 3);
        return new Row.Gap(numbers[0], numbers[1], GapReason.ofWord(readText(in)), numbers[2], readText(in));
    }

    private static void write(DataOutputStream out, ConsoleBlock block) throws IOException {
        longs(out, block.seq(), block.timeMillis());
        write(out, block.stream());
        out.writeInt(block.lines());
        write(out, block.text());
    }

    private static ConsoleBlock readBlock(DataInputStream in) throws IOException {
        var numbers = longs(in, 2);
        var stream = readText(in);
        int lines = in.readInt();
        if (lines < 1) {
            throw new IOException("a block of " + lines + " lines");
        }
        return new ConsoleBlock(numbers[0], numbers[1], stream, lines, readText(in));
    }

    private static ConsoleLine readLine(DataInputStream in) throws IOException {
        var numbers = longs(in, 2);
        return new ConsoleLine(numbers[0], numbers[1], readText(in), readText(in));
    }

    private static void write(DataOutputStream out, SeriesKey key) throws IOException {
        out.writeInt(key.agg());
        out.writeInt(key.number());
    }

    private static SeriesKey readKey(DataInputStream in) throws IOException {
        return new SeriesKey(in.readInt(), in.readInt());
    }

    private static void longs(DataOutputStream out, long... numbers) throws IOException {
        for (long number : numbers) {
            out.writeLong(number);
        }
    }

    private static long[] longs(DataInputStream in, int count) throws IOException {
        var numbers = new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = in.readLong();
        }
        return numbers;
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        write(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String readText(DataInputStream in) throws IOException {
        var bytes = readBytes(in);
        if (bytes == null) {
            throw new IOException("a text is missing");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void write(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
        out.writeInt(bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    private static byte @Nullable [] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            return null;
        }
        if (length > in.available()) {
            throw new IOException("a length of " + length + " with " + in.available() + " bytes left");
        }
        return in.readNBytes(length);
    }

    private interface Writer<T> {
        void write(DataOutputStream out, T value) throws IOException;
    }

    private interface Reader<T> {
        T read(DataInputStream in) throws IOException;
    }

    private static <T> void writeAll(DataOutputStream out, List<T> all, Writer<T> writer) throws IOException {
        out.writeInt(all.size());
        for (var each : all) {
            writer.write(out, each);
        }
    }

    private static <T> List<T> readAll(DataInputStream in, Reader<T> reader) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > in.available()) {
            throw new IOException(count + " entries with " + in.available() + " bytes left");
        }
        var all = new ArrayList<T>(count);
        for (int i = 0; i < count; i++) {
            all.add(reader.read(in));
        }
        return all;
    }
}
