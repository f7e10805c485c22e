package io.stapscope.statistics;

/**
 * How values spread around their average, by Welford's method in whole numbers. The values are scaled by 2^shift while
 * they are added up, which keeps what the divisions would drop; the result is scaled back. Sums wrap at 64 bits.
 */
public final class Variance {
    private final int shift;
    private long count;
    private long sum;
    private long average;
    private long squares;

    /** @param shift 0 to 62 */
    public Variance(int shift) {
        this.shift = shift;
    }

    public void add(long value) {
        long scaled = value << shift;
        count++;
        sum += value;
        if (count == 1) {
            average = scaled;
            return;
        }
        long distance = scaled - average;
        average += distance / count;
        squares += distance * (scaled - average);
    }

    /** The variance of a sample; 0 of a single value. */
    public long value() {
        if (count < 2) {
            return 0;
        }
        long within = squares / (count - 1) * (count - 1);
        long off = average - (sum << shift) / count;
        return (within + count * off * off) / (count - 1) >> Math.min(2 * shift, Long.SIZE - 1);
    }

    Variance copy() {
        var copy = new Variance(shift);
        copy.count = count;
        copy.sum = sum;
        copy.average = average;
        copy.squares = squares;
        return copy;
    }
}
