package io.stapscope.statistics;

import java.util.Arrays;

/** Buckets in use as runs of buckets that follow one another. */
final class BucketRuns {
    private BucketRuns() {}

    static int count(Histogram histogram) {
        int runs = 0;
        for (int i = 0; i < histogram.size(); i = last(histogram, i) + 1) {
            runs++;
        }
        return runs;
    }

    /** Where the run ends that this place is in. */
    static int last(Histogram histogram, int at) {
        int last = at;
        while (last + 1 < histogram.size() && histogram.bucketAt(last + 1) == histogram.bucketAt(last) + 1) {
            last++;
        }
        return last;
    }

    /** Which buckets there are, without their counts: see {@link SecondChunk}. */
    static void write(Histogram histogram, VarintWriter out) {
        out.writeUnsigned(count(histogram));
        int previous = 0;
        for (int i = 0; i < histogram.size(); ) {
            int last = last(histogram, i);
            out.writeSigned(histogram.bucketAt(i) - previous);
            out.writeUnsigned(last - i);
            previous = histogram.bucketAt(last);
            i = last + 1;
        }
    }

    /** The numbers of the buckets, ascending. */
    static int[] read(VarintReader in) {
        int runs = in.readBounded("number of runs", 0, Buckets.MAX + 1);
        var buckets = new int[2 * Buckets.MAX + 1];
        int size = 0;
        int bucket = 0;
        for (int run = 0; run < runs; run++) {
            bucket = in.readBucket(bucket, run == 0);
            int last = bucket + in.readBounded("length of a run", 0, Buckets.MAX - bucket);
            buckets[size++] = bucket;
            while (bucket < last) {
                buckets[size++] = ++bucket;
            }
        }
        return Arrays.copyOf(buckets, size);
    }
}
