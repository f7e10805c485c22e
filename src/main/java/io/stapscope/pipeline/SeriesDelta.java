package io.stapscope.pipeline;

import java.util.Arrays;
import java.util.List;

/**
 * What one series gained in a stretch of time. The arrays are shared and never written again.
 *
 * @param series id within its aggregate
 * @param min least value since the run began
 * @param max greatest value since the run began
 * @param buckets ascending signed bucket numbers, empty for a counter
 * @param counts of each bucket
 */
public record SeriesDelta(int series, long count, long sum, long min, long max, int[] buckets, long[] counts) {
    public SeriesDelta {
        if (buckets.length != counts.length) {
            throw new IllegalArgumentException("buckets and counts disagree in series " + series);
        }
    }

    /** Both together, under this one's id: an exact merge. */
    SeriesDelta plus(SeriesDelta other) {
        var merged = new int[buckets.length + other.buckets.length];
        var sums = new long[merged.length];
        int left = 0;
        int right = 0;
        int length = 0;
        while (left < buckets.length || right < other.buckets.length) {
            boolean takeLeft =
                    right == other.buckets.length || (left < buckets.length && buckets[left] <= other.buckets[right]);
            int bucket = takeLeft ? buckets[left] : other.buckets[right];
            merged[length] = bucket;
            if (left < buckets.length && buckets[left] == bucket) {
                sums[length] += counts[left++];
            }
            if (right < other.buckets.length && other.buckets[right] == bucket) {
                sums[length] += other.counts[right++];
            }
            length++;
        }
        return new SeriesDelta(
                series,
                count + other.count,
                sum + other.sum,
                Math.min(min, other.min),
                Math.max(max, other.max),
                Arrays.copyOf(merged, length),
                Arrays.copyOf(sums, length));
    }

    /** All together, by halves, so that a thousand small ones do not copy a large one a thousand times. */
    static SeriesDelta merge(List<SeriesDelta> deltas) {
        if (deltas.size() == 1) {
            return deltas.getFirst();
        }
        int middle = deltas.size() / 2;
        return merge(deltas.subList(0, middle)).plus(merge(deltas.subList(middle, deltas.size())));
    }

    SeriesDelta withRange(long least, long greatest) {
        return new SeriesDelta(series, count, sum, least, greatest, buckets, counts);
    }

    /** What it costs to keep. */
    int cells() {
        return 1 + buckets.length;
    }
}
