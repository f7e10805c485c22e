package io.stapscope.statistics;

/** The text that {@code print(@hist_log(s))} and {@code print(@hist_linear(s, ...))} print, to the column. */
public final class HistogramText {
    /** HIST_WIDTH: longest bar. */
    private static final int WIDTH = 50;

    /** HIST_ELISION: rows without counts that stay beside rows with counts. */
    private static final int ELISION = 2;

    /** Rows shown below the first and above the last one in use. */
    private static final int MARGIN = 2;

    /** 128 rows with 0 in the middle: one for the least long, 63 negative powers of two, 63 positive ones. */
    public static final int LOG_ROWS = 128;

    private static final int LOG_ZERO = 64;

    private final StringBuilder out = new StringBuilder(1024);
    private final long[] counts;

    private HistogramText(long[] counts) {
        this.counts = counts;
    }

    public static String log(Histogram histogram) {
        var counts = logCounts(histogram);
        int low = firstUsed(counts);
        // Only a histogram with negative values shows rows below 0.
        int least = low >= LOG_ZERO ? LOG_ZERO : 0;
        int from = Math.max(low - MARGIN, least);
        int to = Math.min(lastUsed(counts) + MARGIN, LOG_ROWS - 1);
        int valueWidth = Math.max(digits(Buckets.logEdge(from - LOG_ZERO)), digits(Buckets.logEdge(to - LOG_ZERO)));
        return new HistogramText(counts)
                .rows(from, to, valueWidth, row -> Long.toString(Buckets.logEdge(row - LOG_ZERO)));
    }

    /** The counts of all rows of {@code @hist_log}. */
    public static long[] logCounts(Histogram histogram) {
        var counts = new long[LOG_ROWS];
        histogram.forEach((bucket, count) -> counts[LOG_ZERO + Buckets.toLog(bucket)] += count);
        return counts;
    }

    public static String linear(LinearHistogram histogram) {
        int last = histogram.size() - 1;
        var counts = new long[histogram.size()];
        for (int i = 0; i <= last; i++) {
            counts[i] = histogram.countAt(i);
        }
        // The rows for underflow and overflow are shown only when they hold something.
        int from = Math.max(firstUsed(counts) - MARGIN, counts[0] == 0 ? 1 : 0);
        int to = Math.min(lastUsed(counts) + MARGIN, counts[last] == 0 ? last - 1 : last);
        int valueWidth = Math.max(
                digits(histogram.low()) + (from == 0 ? 1 : 0),
                digits(histogram.low() + histogram.width() * to) + (to == last ? 1 : 0));
        return new HistogramText(counts).rows(from, to, valueWidth, row -> linearLabel(histogram, row));
    }

    private static String linearLabel(LinearHistogram histogram, int row) {
        if (row == 0) {
            return "<" + histogram.low();
        }
        if (row == histogram.size() - 1) {
            return ">" + (histogram.low() + (row - 2) * histogram.width());
        }
        return Long.toString(histogram.low() + (row - 1) * histogram.width());
    }

    private String rows(int from, int to, int valueWidth, Label label) {
        long greatest = 0;
        for (long count : counts) {
            greatest = Math.max(greatest, count);
        }
        long scale = greatest <= WIDTH ? 1 : (greatest - 1) / WIDTH + 1;
        int width = Math.max(valueWidth, "value".length());
        pad("value", width).append(" |").repeat('-', WIDTH).append(" count\n");
        boolean eliding = false;
        for (int row = from; row <= to; row++) {
            if (isElided(row, from, to)) {
                eliding = true;
                continue;
            }
            if (eliding) {
                out.repeat(' ', width).append(" ~\n");
                eliding = false;
            }
            int bar = (int) (counts[row] / scale);
            pad(label.of(row), width).append(" |").repeat('@', bar);
            pad(Long.toString(counts[row]), WIDTH - bar + 1 + digits(greatest)).append('\n');
        }
        return out.append('\n').toString();
    }

    private boolean isElided(int row, int from, int to) {
        for (int near = Math.max(row - ELISION, from); near <= Math.min(row + ELISION, to); near++) {
            if (counts[near] != 0) {
                return false;
            }
        }
        return true;
    }

    private StringBuilder pad(String text, int width) {
        return out.repeat(' ', Math.max(0, width - text.length())).append(text);
    }

    private static int firstUsed(long[] counts) {
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] != 0) {
                return i;
            }
        }
        throw new IllegalArgumentException("an empty histogram has no text");
    }

    private static int lastUsed(long[] counts) {
        int last = counts.length - 1;
        while (counts[last] == 0) {
            last--;
        }
        return last;
    }

    private static int digits(long value) {
        return Long.toString(value).length();
    }

    /** What the value column says of a row. */
    private interface Label {
        String of(int row);
    }
}
