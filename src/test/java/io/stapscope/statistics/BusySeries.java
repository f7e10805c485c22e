package io.stapscope.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Minutes as busy series have them: log-normal values in every second, 30 to 1,200 of them, each rate as likely as its double:
 * 317 on average, so that a thousand series are 317,000 values a second.
 */
public final class BusySeries {
    private BusySeries() {}

    /** A minute and its seconds. */
    public record Minute(Histogram whole, List<Histogram> seconds) {}

    public static List<Minute> minutes(int count) {
        var random = new Random(7);
        var minutes = new ArrayList<Minute>();
        for (int at = 0; at < count; at++) {
            var whole = new Histogram();
            var seconds = new ArrayList<Histogram>();
            double middle = 8 + random.nextGaussian();
            int rate = (int) Math.exp(Math.log(30) + random.nextDouble() * Math.log(40));
            for (int second = 0; second < SecondChunk.SECONDS; second++) {
                var histogram = new Histogram();
                for (int i = 0; i < rate; i++) {
                    histogram.add((long) Math.exp(middle + random.nextGaussian()));
                }
                seconds.add(histogram);
                whole.merge(histogram);
            }
            minutes.add(new Minute(whole, seconds));
        }
        return minutes;
    }
}
