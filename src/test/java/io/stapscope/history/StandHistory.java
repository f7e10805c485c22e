package io.stapscope.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The history on a PostgreSQL of its own, for programs that measure. */
public final class StandHistory implements History, AutoCloseable {
    private final FaultStand stand;
    private final FaultStand.Store store;
    private final Spill spill;
    private final Set<CaptureWriter> writers = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService replayer = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();

    public StandHistory(Path state) throws IOException {
        stand = new FaultStand(state);
        store = stand.connect(stand.port());
        spill = Spill.open(state.resolve("spill"), 1L << 30);
        var unused =
                executor.scheduleWithFixedDelay(() -> writers.forEach(CaptureWriter::flush), 1, 1, TimeUnit.SECONDS);
        var replay = new SpillReplay(spill, store);
        var replaying = replayer.scheduleWithFixedDelay(() -> replay(replay), 1, 1, TimeUnit.SECONDS);
    }

    private static void replay(SpillReplay replay) {
        try {
            if (!replay.isDone()) {
                replay.run();
            }
        } catch (IOException | RuntimeException e) {
            System.err.println(e);
        }
    }

    @Override
    public HistoryWriter open(CaptureStart start) {
        var writer = new CaptureWriter(start, store, spill, executor, writers::remove);
        writers.add(writer);
        return writer;
    }

    /** Lines and series-minutes that are on disk, not in the database yet. */
    public long waiting() {
        return spill.rows().weight() + spill.lines().weight();
    }

    public long postmaster() {
        return stand.server().postmasterPid();
    }

    /** Processor time of PostgreSQL and all its processes so far, ended ones included. */
    public double serverSeconds() {
        var postmaster = ProcessHandle.of(postmaster()).orElseThrow();
        return Stream.concat(Stream.of(postmaster), postmaster.children())
                .mapToDouble(StandHistory::seconds)
                .sum();
    }

    /** Of a process and of its children that it waited for. */
    private static double seconds(ProcessHandle process) {
        try {
            var stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long ticks = 0;
            for (int field = 11; field <= 14; field++) {
                ticks += Long.parseLong(fields[field]);
            }
            return ticks / 100.0;
        } catch (IOException ended) {
            return 0;
        }
    }

    /** A figure of a capture; the id is the statement's only parameter. */
    public long number(String sql, UUID capture) {
        return store.number(sql, capture);
    }

    @Override
    public void close() throws IOException {
        executor.shutdownNow();
        replayer.shutdownNow();
        spill.close();
        stand.close();
    }
}
