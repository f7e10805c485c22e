package io.stapscope.history;

import io.smallrye.mutiny.Uni;
import io.stapscope.statistics.Histogram;
import io.stapscope.statistics.HistogramCodec;
import io.stapscope.statistics.SecondChunk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Window rows a second into PostgreSQL with fsync on: the upserts of the product, several captures at once. A window row is
 * a minute of a series with its histogram; with seconds it comes with its chunk, a row of another table.
 */
final class IngestBench {
    private static final int SERIES = 1_000;
    private static final int BATCH = 2_000;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private IngestBench() {}

    /** @param arguments rows, captures at once */
    public static void main(String[] arguments) {
        int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 400_000;
        int captures = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 4;
        var state = Path.of(System.getProperty("java.io.tmpdir"), "stapscope-ingest-bench");
        try (var stand = new FaultStand(state)) {
            var store = stand.connect(stand.port());
            for (var mode : List.of("warm", "new", "new", "again", "again")) {
                measure(store, stand.server().postmasterPid(), mode, rows, captures);
            }
        }
        System.exit(0);
    }

    private static void measure(FaultStand.Store store, long server, String mode, int rows, int captures) {
        var starts = IntStream.range(0, captures)
                .mapToObj(i -> Captures.start("bench", "", System.currentTimeMillis() - 86_400_000L))
                .toList();
        var series = IntStream.range(0, SERIES)
                .mapToObj(i -> new WindowRecord.Series(0, i, i == 0 ? Facet.TOTAL : Facet.PID, List.of()))
                .toList();
        for (var start : starts) {
            store.open(start).await().atMost(LIMIT);
            store.write(start.origin(), new Batch(series, List.of(), List.of(), List.of(), List.of(), List.of()))
                    .await()
                    .atMost(LIMIT);
        }
        int each = rows / captures;
        var batches = batches(each, 1);
        double cpu = cpuSeconds(server);
        long begin = System.nanoTime();
        write(store, starts, batches);
        double seconds = (System.nanoTime() - begin) / 1e9;
        cpu = cpuSeconds(server) - cpu;
        int written = each * captures;
        System.out.printf(
                "%-6s %,d window rows with seconds (%,d table rows) in %.2f s: %,.0f window rows/s, %,.0f table rows/s; %.1f s of CPU: two cores of their own take %,.0f window rows/s%n",
                mode, written, 2 * written, seconds, written / seconds, 2 * written / seconds, cpu, 2 * written / cpu);
        if (mode.equals("again")) {
            begin = System.nanoTime();
            write(store, starts, batches(each, 2));
            seconds = (System.nanoTime() - begin) / 1e9;
            System.out.printf(
                    "update %,d window rows with seconds in %.2f s: %,.0f window rows/s%n",
                    written, seconds, written / seconds);
        }
    }

    /** What this process and the server with its children used so far. */
    private static double cpuSeconds(long server) {
        var used = ProcessHandle.of(server).orElseThrow().descendants();
        return java.util.stream.Stream.concat(used, java.util.stream.Stream.of(ProcessHandle.current()))
                .mapToDouble(process -> process.info()
                        .totalCpuDuration()
                        .map(duration -> duration.toMillis() / 1e3)
                        .orElse(0.0))
                .sum();
    }

    private static void write(FaultStand.Store store, List<CaptureStart> starts, List<Batch> batches) {
        var all = starts.stream()
                .map(start -> one(store, start.origin(), batches))
                .toList();
        Uni.join().all(all).andFailFast().await().atMost(LIMIT);
    }

    private static Uni<Void> one(FaultStand.Store store, Origin origin, List<Batch> batches) {
        Uni<Void> done = Uni.createFrom().voidItem();
        for (var batch : batches) {
            done = done.chain(() -> store.write(origin, batch));
        }
        return done;
    }

    private static List<Batch> batches(int rows, long seq) {
        var random = new Random(1);
        var made = new ArrayList<Row.Minute>();
        for (int i = 0; i < 500; i++) {
            made.add(minute(random, seq));
        }
        var batches = new ArrayList<Batch>();
        for (int from = 0; from < rows; from += BATCH) {
            var minutes = new ArrayList<Row.Minute>(BATCH);
            for (int i = from; i < Math.min(rows, from + BATCH); i++) {
                var row = made.get(i % made.size());
                minutes.add(new Row.Minute(
                        new SeriesKey(0, i % SERIES),
                        i / SERIES,
                        row.seq(),
                        row.n(),
                        row.sum(),
                        row.min(),
                        row.max(),
                        row.histogram(),
                        row.chunk()));
            }
            batches.add(new Batch(List.of(), minutes, List.of(), List.of(), List.of(), List.of()));
        }
        return batches;
    }

    private static Row.Minute minute(Random random, long seq) {
        var whole = new Histogram();
        var seconds = new ArrayList<Histogram>();
        long sum = 0;
        for (int second = 0; second < SecondChunk.SECONDS; second++) {
            var histogram = new Histogram();
            for (int i = 0; i < 10; i++) {
                long value = (long) Math.exp(random.nextGaussian() * 1.5 + 9);
                histogram.add(value);
                sum += value;
            }
            whole.merge(histogram);
            seconds.add(histogram);
        }
        return new Row.Minute(
                new SeriesKey(0, 0),
                0,
                seq,
                whole.count(),
                sum,
                1,
                sum,
                HistogramCodec.encode(whole),
                SecondChunk.encode(seconds));
    }
}
