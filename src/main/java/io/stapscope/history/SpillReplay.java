package io.stapscope.history;

import io.smallrye.mutiny.Uni;
import io.stapscope.history.SpillCodec.Entry;
import io.stapscope.history.spill.SpillLog;
import io.stapscope.history.spill.SpillRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Gives the database what waited on disk, oldest first. A segment goes when all of it is stored; doing a part of it twice
 * changes nothing. Not thread-safe.
 */
final class SpillReplay {
    private static final Logger LOG = Logger.getLogger(SpillReplay.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Spill spill;
    private final Store store;
    private final List<Path> tails;
    private final AtomicLong replayed = new AtomicLong();
    private final AtomicLong corrupt = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    /** The database as a replay sees it. */
    interface Store extends CaptureWriter.Store {
        Uni<Void> corrupt(UUID capture, long lost);
    }

    /** Also of what an earlier process left. */
    SpillReplay(Spill spill, Store store) throws IOException {
        this.spill = spill;
        this.store = store;
        this.tails = new ArrayList<>(spill.tails());
    }

    boolean isDone() {
        return tails.isEmpty() && spill.isEmpty() && !spill.hasUntold();
    }

    /** Replays until nothing waits; throws when the database does not take it now. */
    void run() throws IOException {
        drain(spill.rows());
        while (!tails.isEmpty()) {
            replayTail(tails.getLast());
            tails.removeLast();
        }
        drain(spill.lines());
        tellLosses();
    }

    private void tellLosses() {
        var gaps = spill.takeUntold();
        try {
            gaps.forEach((origin, gap) -> await(store.write(origin, Batch.ofGaps(List.of(gap)))));
        } catch (RuntimeException e) {
            spill.untold(gaps.keySet());
            throw e;
        }
    }

    private void drain(SpillLog log) throws IOException {
        for (var oldest = log.oldest(); oldest != null; oldest = log.oldest()) {
            for (var record : oldest.records()) {
                replay(record);
            }
            if (oldest.damaged() > 0) {
                setAside(oldest);
            }
            long held = log.dropOldest().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            long read = oldest.records().stream().mapToLong(SpillRecord::weight).sum();
            replayed.addAndGet(read);
            corrupt.addAndGet(Math.max(0, held - read));
        }
    }

    /** Keeps a damaged segment for people to look at, and says in the captures what it may have held of them. */
    private void setAside(SpillLog.Oldest oldest) throws IOException {
        LOG.errorf("%d records of %s are damaged", oldest.damaged(), oldest.path());
        var suspects = new HashSet<UUID>();
        oldest.records().forEach(record -> suspects.add(record.subject()));
        suspects.addAll(oldest.damagedWeight().keySet());
        for (var capture : suspects) {
            await(store.corrupt(capture, oldest.damagedWeight().getOrDefault(capture, -1L)));
        }
        Files.copy(
                oldest.path(),
                oldest.path().resolveSibling("damaged"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private void replay(SpillRecord record) {
        Entry entry;
        try {
            entry = SpillCodec.decode(record.payload());
        } catch (IOException e) {
            LOG.errorf("a record of capture %s makes no sense: %s", record.subject(), e.getMessage());
            refused.addAndGet(record.weight());
            await(store.corrupt(record.subject(), record.weight()));
            return;
        }
        switch (entry) {
            case Entry.Open(var start) -> await(store.open(start));
            case Entry.Rows(var origin, var batch) -> write(origin, batch);
            case Entry.End(var origin, var end, var lost) -> await(store.end(origin, end, lost));
        }
    }

    private void write(Origin origin, Batch batch) {
        var poison = await(PoisonFilter.write(batch, part -> store.write(origin, part)));
        if (!poison.isEmpty()) {
            refused.addAndGet(poison.weight());
            await(store.write(origin, Batch.ofGaps(poison.gapsOf(origin))));
        }
    }

    private void replayTail(Path tail) throws IOException {
        if (!Files.exists(tail)) {
            return;
        }
        try {
            if (SpillCodec.decode(Files.readAllBytes(tail)) instanceof Entry.Rows(var origin, var batch)) {
                write(origin, batch);
            }
        } catch (IOException e) {
            LOG.errorf("%s makes no sense: %s", tail, e.getMessage());
        }
        Files.deleteIfExists(tail);
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(PATIENCE);
    }

    /** Series-minutes and lines that were given to the database. */
    long replayed() {
        return replayed.get();
    }

    /** Those that were damaged on disk. */
    long corrupt() {
        return corrupt.get();
    }

    /** Those among the replayed ones that the database did not want. */
    long refused() {
        return refused.get();
    }
}
