package io.stapscope.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.statistics.Histogram;
import io.stapscope.statistics.HistogramCodec;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A process that writes a made-up capture, whose windows its parent can make up again, until it is killed. */
final class KilledWriter {
    private static final long NOON = 1_800_000_000_123L;
    private static final int LENGTH = 20_000;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private KilledWriter() {}

    static Process start(FaultStand stand, int number, Path spill) throws IOException {
        var java = ProcessHandle.current().info().command().orElse("java");
        return new ProcessBuilder(
                        java,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        Integer.toString(number),
                        Integer.toString(stand.port()),
                        stand.server().user(),
                        stand.server().password(),
                        spill.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static Captures capture(int number) {
        return Captures.random(
                Captures.withId(new UUID(77, number), Captures.start("killed", "probe begin {}", NOON)),
                LENGTH,
                10,
                number);
    }

    public static void main(String[] arguments) throws Exception {
        var made = capture(Integer.parseInt(arguments[0]));
        var store = FaultStand.connect(Vertx.vertx(), Integer.parseInt(arguments[1]), arguments[2], arguments[3]);
        var executor = Executors.newSingleThreadScheduledExecutor();
        var writer = new CaptureWriter(
                made.start, store, Spill.open(Path.of(arguments[4]), 1L << 30), executor, closed -> {}, Duration.ZERO);
        writer.state(CaptureState.RUNNING);
        executor.scheduleWithFixedDelay(writer::flush, 10, 10, TimeUnit.MILLISECONDS);
        System.out.println("writes");
        // Paced by the writer: as a run does, a window comes when the one before was taken.
        for (var window : made.windows) {
            writer.write(window);
            executor.submit(() -> {}).get();
        }
        System.in.read();
    }

    /**
     * A row is exact up to the window whose number it carries: no value of it twice, none missing. Seconds that are known
     * are all in the total.
     */
    static void assertExactAsFarAsKnown(FaultStand.Store store, int number) {
        var made = capture(number);
        var rows = store.pool
                .preparedQuery("select s.number, m.seq, m.n, m.hist, "
                        + "(extract(epoch from m.ts - c.started_at) / 60)::int as minute "
                        + "from h_min m join series s on s.id = m.series_id join capture c on c.id = s.capture_id "
                        + "where c.id = $1 and s.agg = 0 order by s.number, m.ts")
                .execute(Tuple.of(made.start.id()))
                .await()
                .atMost(LIMIT);
        var clock = CaptureClock.startingWith(made.windows.getFirst().startMillis());
        for (var row : rows) {
            var expected = new Histogram();
            for (var window : windowsAround(made, row.getInteger("minute"))) {
                if (window.number() <= row.getLong("seq")
                        && CaptureClock.minuteOf(clock.secondOf(window.startMillis(), window.lengthMillis()))
                                == row.getInteger("minute")) {
                    window.deltas().stream()
                            .filter(delta -> delta.agg() == 0 && delta.series() == row.getInteger("number"))
                            .forEach(delta -> expected.merge(Histogram.of(delta.buckets(), delta.counts())));
                }
            }
            assertThat(HistogramCodec.decode(row.getBuffer("hist").getBytes())).isEqualTo(expected);
            assertThat(row.getLong("n")).isEqualTo(expected.count());
        }
        assertThat(store.number(
                        "select count(*) - count(distinct (m.series_id, m.ts)) from h_min m "
                                + "join series s on s.id = m.series_id where s.capture_id = $1",
                        made.start.id()))
                .isZero();
        knownSecondsAreInTheTotal(store, made);
    }

    private static List<WindowRecord> windowsAround(Captures made, int minute) {
        return made.windows.subList(Math.max(0, minute * 60 - 5), Math.min(made.windows.size(), minute * 60 + 65));
    }

    private static void knownSecondsAreInTheTotal(FaultStand.Store store, Captures made) {
        long known = store.number(
                "select coalesce(sum(bit_count(seconds_known::bit(64))), 0)::bigint from capture_minute "
                        + "where capture_id = $1",
                made.start.id());
        long stored = store.number(
                "select coalesce(sum(m.n), 0)::bigint from h_min m join series s on s.id = m.series_id "
                        + "where s.capture_id = $1 and s.agg = 0 and s.number = 0",
                made.start.id());
        long counted = made.between(0, known).count();
        assertThat(stored).isEqualTo(counted);
    }
}
