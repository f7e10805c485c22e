package io.stapscope.statistics;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * One minute of one series in columns of one second, as bytes for the store. Ordered by bucket, because neighbouring
 * seconds have counts of one size, and deflated.
 *
 * <pre>
 * byte     version, 1
 * deflated:
 *   unsigned buckets in use
 *   each:    signed   bucket number minus the one before (minus 0 for the first)
 *            unsigned seconds in use, 1 to 60
 *            each:    unsigned second minus the one before, minus 1 (the first: the second itself)
 *                     unsigned count
 * </pre>
 */
public final class SecondChunk {
    public static final int SECONDS = 60;

    private static final int VERSION = 1;

    /** More than every bucket in every second takes: what inflates further was not written here. */
    private static final int MOST_BYTES = 1 << 20;

    private SecondChunk() {}

    /** Encodes up to 60 seconds, the first at the start of the minute. */
    public static byte[] encode(List<Histogram> seconds) {
        if (seconds.size() > SECONDS) {
            throw new IllegalArgumentException(seconds.size() + " seconds in a minute");
        }
        var rows = new TreeMap<Integer, long[]>();
        for (int second = 0; second < seconds.size(); second++) {
            int column = second;
            seconds.get(second)
                    .forEach((bucket, count) -> rows.computeIfAbsent(bucket, b -> new long[SECONDS])[column] = count);
        }
        var out = new VarintWriter();
        out.writeUnsigned(rows.size());
        int previous = 0;
        for (var row : rows.entrySet()) {
            out.writeSigned(row.getKey() - previous);
            previous = row.getKey();
            writeRow(out, row.getValue());
        }
        return deflate(out.toBytes());
    }

    private static void writeRow(VarintWriter out, long[] counts) {
        int used = 0;
        for (long count : counts) {
            used += count == 0 ? 0 : 1;
        }
        out.writeUnsigned(used);
        int previous = -1;
        for (int second = 0; second < SECONDS; second++) {
            if (counts[second] != 0) {
                out.writeUnsigned(second - previous - 1);
                out.writeUnsigned(counts[second]);
                previous = second;
            }
        }
    }

    /** Gives 60 histograms, empty ones for seconds without values, or throws {@link MalformedHistogramException}. */
    public static List<Histogram> decode(byte[] bytes) {
        var seconds = new ArrayList<Histogram>(SECONDS);
        for (int i = 0; i < SECONDS; i++) {
            seconds.add(new Histogram());
        }
        var in = new VarintReader(inflate(bytes));
        int rows = in.readBounded("number of buckets", 0, 2 * Buckets.MAX + 1);
        int bucket = 0;
        for (int row = 0; row < rows; row++) {
            bucket = in.readBucket(bucket, row == 0);
            readRow(in, bucket, seconds);
        }
        in.readEnd();
        return seconds;
    }

    private static void readRow(VarintReader in, int bucket, List<Histogram> seconds) {
        int used = in.readBounded("number of seconds", 1, SECONDS);
        int second = -1;
        for (int i = 0; i < used; i++) {
            second += 1 + in.readBounded("second", 0, SECONDS - 2 - second);
            var histogram = seconds.get(second);
            histogram.addBucket(bucket, in.readCount());
            if (histogram.count() < 0) {
                throw new MalformedHistogramException("counts of more than 63 bits");
            }
        }
    }

    private static byte[] deflate(byte[] plain) {
        var out = new ByteArrayOutputStream(plain.length / 2 + 16);
        out.write(VERSION);
        try (var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true)) {
            deflater.setInput(plain);
            deflater.finish();
            var buffer = new byte[4096];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
        }
        return out.toByteArray();
    }

    private static byte[] inflate(byte[] bytes) {
        new VarintReader(bytes).readVersion(VERSION);
        var out = new ByteArrayOutputStream(bytes.length * 4);
        try (var inflater = new Inflater(true)) {
            inflater.setInput(bytes, 1, bytes.length - 1);
            var buffer = new byte[4096];
            while (!inflater.finished()) {
                int read = inflater.inflate(buffer);
                if (read == 0 && !inflater.finished()) {
                    throw new MalformedHistogramException("deflated part ends early");
                }
                out.write(buffer, 0, read);
                if (out.size() > MOST_BYTES) {
                    throw new MalformedHistogramException("inflates to more than " + MOST_BYTES + " bytes");
                }
            }
            if (inflater.getRemaining() != 0) {
                throw new MalformedHistogramException(inflater.getRemaining() + " bytes too many");
            }
        } catch (DataFormatException e) {
            throw new MalformedHistogramException("not a deflated chunk: " + e.getMessage());
        }
        return out.toByteArray();
    }
}
