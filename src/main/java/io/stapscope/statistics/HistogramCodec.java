package io.stapscope.statistics;

/**
 * A histogram as bytes, for the store, in the shorter of two forms. Runs, for buckets that lie side by side:
 *
 * <pre>
 * byte     version, 2
 * unsigned runs of buckets that follow one another
 * each:    signed   number of its first bucket minus that of the bucket before (minus 0 for the first)
 *          unsigned buckets in it, minus 1
 *          each:    signed count minus that of the bucket before (minus 0 for the first)
 * </pre>
 *
 * Pairs, for buckets that lie scattered:
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
    private static final int PAIRS = 1;
    private static final int RUNS = 2;

    private HistogramCodec() {}

    public static byte[] encode(Histogram histogram) {
        var runs = runs(histogram);
        var pairs = pairs(histogram);
        return runs.length < pairs.length ? runs : pairs;
    }

    private static byte[] runs(Histogram histogram) {
        var out = new VarintWriter();
        out.writeByte(RUNS);
        out.writeUnsigned(BucketRuns.count(histogram));
        int bucket = 0;
        long count = 0;
        for (int i = 0; i < histogram.size(); ) {
            int last = BucketRuns.last(histogram, i);
            out.writeSigned(histogram.bucketAt(i) - bucket);
            out.writeUnsigned(last - i);
            for (; i <= last; i++) {
                out.writeSigned(histogram.countAt(i) - count);
                count = histogram.countAt(i);
            }
            bucket = histogram.bucketAt(last);
        }
        return out.toBytes();
    }

    private static byte[] pairs(Histogram histogram) {
        var out = new VarintWriter();
        out.writeByte(PAIRS);
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
        int version = in.readByte();
        switch (version) {
            case PAIRS -> decodePairs(in, visitor);
            case RUNS -> decodeRuns(in, visitor);
            default ->
                throw new MalformedHistogramException(
                        "format version " + version + " instead of " + PAIRS + " or " + RUNS);
        }
    }

    private static void decodeRuns(VarintReader in, Histogram.Visitor visitor) {
        int runs = in.readBounded("number of runs", 0, Buckets.MAX + 1);
        int bucket = 0;
        long count = 0;
        for (int run = 0; run < runs; run++) {
            bucket = in.readBucket(bucket, run == 0);
            int last = bucket + in.readBounded("length of a run", 0, Buckets.MAX - bucket);
            while (true) {
                count += in.readSigned();
                if (count <= 0) {
                    throw new MalformedHistogramException("count " + count);
                }
                visitor.visit(bucket, count);
                if (bucket == last) {
                    break;
                }
                bucket++;
            }
        }
    }

    private static void decodePairs(VarintReader in, Histogram.Visitor visitor) {
        int size = in.readBounded("number of buckets", 0, 2 * Buckets.MAX + 1);
        int bucket = 0;
        for (int i = 0; i < size; i++) {
            bucket = in.readBucket(bucket, i == 0);
            visitor.visit(bucket, in.readCount());
        }
    }
}
