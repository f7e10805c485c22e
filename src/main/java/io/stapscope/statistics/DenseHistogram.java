package io.stapscope.statistics;

/**
 * Counts by bucket of {@link Buckets} with a place for each bucket there is, for adding up many histograms: it takes them
 * as the store's bytes, without making objects of them. Mutable and for one thread.
 */
public final class DenseHistogram {
    private final long[] counts = new long[2 * Buckets.MAX + 1];
    private int least = Integer.MAX_VALUE;
    private int greatest = Integer.MIN_VALUE;
    private long total;

    /** Adds what {@link HistogramCodec} encoded; several, one after the other, are all added. */
    public void addEncoded(byte[] bytes) {
        HistogramCodec.decodeAll(bytes, this::addBucket);
    }

    public void addBucket(int bucket, long count) {
        counts[bucket + Buckets.MAX] += count;
        total += count;
        least = Math.min(least, bucket);
        greatest = Math.max(greatest, bucket);
        if (total < 0) {
            throw new MalformedHistogramException("counts of more than 63 bits");
        }
    }

    public void merge(Histogram histogram) {
        histogram.forEach(this::addBucket);
    }

    public boolean isEmpty() {
        return total == 0;
    }

    public Histogram toHistogram() {
        var histogram = new Histogram();
        for (int bucket = least; bucket <= greatest; bucket++) {
            histogram.addBucket(bucket, counts[bucket + Buckets.MAX]);
        }
        return histogram;
    }
}
