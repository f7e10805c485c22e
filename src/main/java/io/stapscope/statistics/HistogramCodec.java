package io.stapscope.statistics;

/**
 * A histogram as bytes, for the store.
 *
 * <pre>
 * byte     version, 1
 * unsigned buckets in use
 * each:    signed   bucket number minus the one before (minus 0 for the first)
 *          unsigned count
 * </pre>
 *
 * Numbers are LEB128, signed ones zigzag.
 */
public final class HistogramCodec {
    private static final int VERSION = 1;

    private HistogramCodec() {}

    public static byte[] encode(Histogram histogram) {
        var out = new VarintWriter();
        out.writeByte(VERSION);
        out.writeUnsigned(histogram.size());
        int previous = 0;
        for (int i = 0; i < histogram.size(); i++) {
            out.writeSigned(histogram.bucketAt(i) - previous);
            out.writeUnsigned(histogram.countAt(i));
            previous = histogram.bucketAt(i);
        }
        return out.toBytes();
    }

    /** Gives exactly what was encoded, or throws {@link MalformedHistogramException}. */
    public static Histogram decode(byte[] bytes) {
        var in = new VarintReader(bytes);
        var histogram = new Histogram();
        decodeOne(in, (bucket, count) -> {
            histogram.addBucket(bucket, count);
            if (histogram.count() < 0) {
                throw new MalformedHistogramException("counts of more than 63 bits");
            }
        });
        in.readEnd();
        return histogram;
    }

    /** Histograms that stand one after the other, bucket by bucket. */
    static void decodeAll(byte[] bytes, Histogram.Visitor visitor) {
        var in = new VarintReader(bytes);
        while (!in.isAtEnd()) {
            decodeOne(in, visitor);
        }
    }

    private static void decodeOne(VarintReader in, Histogram.Visitor visitor) {
        in.readVersion(VERSION);
        int size = in.readBounded("number of buckets", 0, 2 * Buckets.MAX + 1);
        int bucket = 0;
        for (int i = 0; i < size; i++) {
            bucket = in.readBucket(bucket, i == 0);
            visitor.visit(bucket, in.readCount());
        }
    }
}
