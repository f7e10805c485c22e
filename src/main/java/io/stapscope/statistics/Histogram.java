package io.stapscope.statistics;

import java.util.Arrays;

/**
 * Counts by bucket of {@link Buckets}: only buckets in use are kept, ascending. Mutable and for one thread. Merging is
 * commutative and associative, and an empty histogram changes nothing.
 */
public final class Histogram {
    private int[] buckets;
    private long[] counts;
    private int size;
    private long total;

    public Histogram() {
        this(8);
    }

    Histogram(int capacity) {
        buckets = new int[capacity];
        counts = new long[capacity];
    }

    /** Counts in parallel arrays, as a window carries them. */
    public static Histogram of(int[] buckets, long[] counts) {
        if (buckets.length != counts.length) {
            throw new IllegalArgumentException(buckets.length + " buckets and " + counts.length + " counts");
        }
        var histogram = new Histogram(Math.max(1, buckets.length));
        for (int i = 0; i < buckets.length; i++) {
            histogram.addBucket(buckets[i], counts[i]);
        }
        return histogram;
    }

    public Histogram copy() {
        var copy = new Histogram(Math.max(1, size));
        copy.merge(this);
        return copy;
    }

    /** Counts one value. */
    public void add(long value) {
        addBucket(Buckets.of(value), 1);
    }

    /** Counts {@code count} values that fell into a bucket. */
    public void addBucket(int bucket, long count) {
        Buckets.check(bucket);
        if (count <= 0) {
            if (count == 0) {
                return;
            }
            throw new IllegalArgumentException("count " + count + " of bucket " + bucket);
        }
        // Appending is the usual case: decoders, windows and maps all go upwards.
        int at = size == 0 || buckets[size - 1] < bucket ? -size - 1 : Arrays.binarySearch(buckets, 0, size, bucket);
        if (at < 0) {
            at = -at - 1;
            insert(at, bucket);
        }
        counts[at] += count;
        total += count;
    }

    /** Makes a place for a bucket that counts nothing yet. */
    void mark(int bucket) {
        int at = size == 0 || buckets[size - 1] < bucket ? -size - 1 : Arrays.binarySearch(buckets, 0, size, bucket);
        if (at < 0) {
            insert(-at - 1, bucket);
        }
    }

    private void insert(int at, int bucket) {
        if (size == buckets.length) {
            buckets = Arrays.copyOf(buckets, size * 2);
            counts = Arrays.copyOf(counts, size * 2);
        }
        System.arraycopy(buckets, at, buckets, at + 1, size - at);
        System.arraycopy(counts, at, counts, at + 1, size - at);
        buckets[at] = bucket;
        counts[at] = 0;
        size++;
    }

    public void merge(Histogram other) {
        // The size is read once, so that a histogram may be merged into itself.
        int end = other.size;
        for (int i = 0; i < end; i++) {
            addBucket(other.buckets[i], other.counts[i]);
        }
    }

    public void clear() {
        size = 0;
        total = 0;
    }

    /** Values counted: the sum of all buckets. */
    public long count() {
        return total;
    }

    public boolean isEmpty() {
        return total == 0;
    }

    /** Buckets in use. */
    public int size() {
        return size;
    }

    /** Number of the {@code i}-th bucket in use, ascending. */
    public int bucketAt(int i) {
        return buckets[checkIndex(i)];
    }

    /** Count of the {@code i}-th bucket in use. */
    public long countAt(int i) {
        return counts[checkIndex(i)];
    }

    public long countOf(int bucket) {
        int at = Arrays.binarySearch(buckets, 0, size, bucket);
        return at >= 0 ? counts[at] : 0;
    }

    public void forEach(Visitor visitor) {
        for (int i = 0; i < size; i++) {
            visitor.visit(buckets[i], counts[i]);
        }
    }

    public int[] buckets() {
        return Arrays.copyOf(buckets, size);
    }

    public long[] counts() {
        return Arrays.copyOf(counts, size);
    }

    /** As {@link #quantile(double, long, long)} when least and greatest value are not known. */
    public Quantile quantile(double q) {
        return quantile(q, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /**
     * The value below or at which the part {@code q} of all values lies, interpolated inside its bucket and clamped to
     * the least and greatest value. The histogram must not be empty.
     */
    public Quantile quantile(double q, long min, long max) {
        if (!(q >= 0 && q <= 1)) {
            throw new IllegalArgumentException("quantile " + q);
        }
        if (isEmpty()) {
            throw new IllegalStateException("an empty histogram has no quantiles");
        }
        double rank = q * total;
        long before = 0;
        int at = 0;
        while (at < size - 1 && before + counts[at] < rank) {
            before += counts[at++];
        }
        double part = Math.clamp((rank - before) / counts[at], 0.0, 1.0);
        return Quantile.within(buckets[at], part, min, max);
    }

    private int checkIndex(int i) {
        if (i < 0 || i >= size) {
            throw new IndexOutOfBoundsException("bucket " + i + " of " + size);
        }
        return i;
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof Histogram other
                && size == other.size
                && Arrays.equals(buckets, 0, size, other.buckets, 0, size)
                && Arrays.equals(counts, 0, size, other.counts, 0, size);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(buckets()) * 31 + Arrays.hashCode(counts());
    }

    @Override
    public String toString() {
        var text = new StringBuilder("{");
        forEach((bucket, count) -> text.append(text.length() > 1 ? ", " : "")
                .append(bucket)
                .append(": ")
                .append(count));
        return text.append('}').toString();
    }

    /** Receives each bucket in use, ascending. */
    public interface Visitor {
        void visit(int bucket, long count);
    }
}
