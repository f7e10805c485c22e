package io.stapscope.statistics;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * One minute of one series in columns of one second, as bytes for the store.
 *
 * <pre>
 * byte     version, 2
 * unsigned runs of buckets that follow one another
 * each:    signed   number of its first bucket minus that of the bucket before (minus 0 for the first)
 *          unsigned buckets in it, minus 1
 * coded:   60 seconds, see {@link SecondModel}
 * </pre>
 *
 * In version 1, which is still read, a raw deflate stream follows:
 *
 * <pre>
 * unsigned buckets in use
 * each:    signed   bucket number minus the one before (minus 0 for the first)
 *          unsigned seconds in use, 1 to 60
 *          each:    unsigned second minus the one before, minus 1 (the first: the second itself)
 *                   unsigned count
 * </pre>
 */
public final class SecondChunk {
    public static final int SECONDS = 60;

    private static final int VERSION = 2;
    private static final int DEFLATED = 1;

    /** More than every bucket in every second takes: what inflates further was not written here. */
    private static final int MOST_BYTES = 1 << 20;

    private SecondChunk() {}

    /** Encodes up to 60 seconds, the first at the start of the minute. */
    public static byte[] encode(List<Histogram> seconds) {
        if (seconds.size() > SECONDS) {
            throw new IllegalArgumentException(seconds.size() + " seconds in a minute");
        }
        var minute = new Histogram();
        for (var second : seconds) {
            // Only which buckets there are: sums of a minute may be more than 63 bits.
            second.forEach((bucket, count) -> minute.mark(bucket));
        }
        var head = new VarintWriter();
        head.writeByte(VERSION);
        BucketRuns.write(minute, head);
        var coder = RangeCoder.encoder(SecondModel.CONTEXTS);
        var model = new SecondModel(coder, minute.size());
        var counts = new long[minute.size()];
        for (int second = 0; second < SECONDS; second++) {
            Arrays.fill(counts, 0);
            boolean any = second < seconds.size() && !seconds.get(second).isEmpty();
            if (any) {
                spread(seconds.get(second), minute, counts);
            }
            model.second(counts, any);
        }
        return coder.finish(head.toBytes());
    }

    private static void spread(Histogram second, Histogram minute, long[] counts) {
        int at = 0;
        for (int i = 0; i < second.size(); i++) {
            while (minute.bucketAt(at) != second.bucketAt(i)) {
                at++;
            }
            counts[at] = second.countAt(i);
        }
    }

    /** Gives 60 histograms, empty ones for seconds without values, or throws {@link MalformedHistogramException}. */
    public static List<Histogram> decode(byte[] bytes) {
        var seconds = new ArrayList<Histogram>(SECONDS);
        for (int i = 0; i < SECONDS; i++) {
            seconds.add(new Histogram());
        }
        forEach(bytes, (second, bucket, count) -> {
            var histogram = seconds.get(second);
            histogram.addBucket(bucket, count);
            if (histogram.count() < 0) {
                throw new MalformedHistogramException("counts of more than 63 bits");
            }
        });
        return seconds;
    }

    /** Receives one count. */
    public interface Visitor {
        /** @param second of the minute */
        void visit(int second, int bucket, long count);
    }

    /** All counts that are not 0 in no particular order, or throws {@link MalformedHistogramException}. */
    public static void forEach(byte[] bytes, Visitor visitor) {
        if (bytes.length > 0 && bytes[0] == DEFLATED) {
            readDeflated(bytes, visitor);
            return;
        }
        var in = new VarintReader(bytes);
        in.readVersion(VERSION);
        var buckets = BucketRuns.read(in);
        var coder = RangeCoder.decoder(SecondModel.CONTEXTS, bytes, in.position());
        var model = new SecondModel(coder, buckets.length);
        var counts = new long[buckets.length];
        for (int second = 0; second < SECONDS; second++) {
            if (model.second(counts, false)) {
                for (int i = 0; i < counts.length; i++) {
                    if (counts[i] != 0) {
                        visitor.visit(second, buckets[i], counts[i]);
                    }
                }
            }
        }
        coder.end();
    }

    private static void readDeflated(byte[] bytes, Visitor visitor) {
        var in = new VarintReader(inflate(bytes));
        int rows = in.readBounded("number of buckets", 0, 2 * Buckets.MAX + 1);
        int bucket = 0;
        for (int row = 0; row < rows; row++) {
            bucket = in.readBucket(bucket, row == 0);
            readRow(in, bucket, visitor);
        }
        in.readEnd();
    }

    private static void readRow(VarintReader in, int bucket, Visitor visitor) {
        int used = in.readBounded("number of seconds", 1, SECONDS);
        int second = -1;
        for (int i = 0; i < used; i++) {
            second += 1 + in.readBounded("second", 0, SECONDS - 2 - second);
            visitor.visit(second, bucket, in.readCount());
        }
    }

    private static byte[] inflate(byte[] bytes) {
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
