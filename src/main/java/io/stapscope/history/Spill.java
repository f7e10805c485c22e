package io.stapscope.history;

import io.stapscope.history.spill.SpillFullException;
import io.stapscope.history.spill.SpillLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * What waits on disk for the database: aggregates in one log, printed lines in another, and per capture a file with its
 * latest minute, written anew each time. When there is no room, the oldest lines go first; aggregates never go for lines.
 * Thread-safe.
 */
final class Spill implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Spill.class);
    private static final int ROWS_AT_ONCE = 500;
    private static final long LINE_BYTES_AT_ONCE = 1 << 20;
    private static final long LARGEST_SEGMENT = 16 << 20;
    private static final String TAIL = "tail-";

    private final Path folder;
    private final long quotaBytes;
    private final SpillLog rows;
    private final SpillLog lines;
    private final Map<Origin, Row.Gap> lostLines = new HashMap<>();
    private final Set<Origin> untold = new HashSet<>();
    private final AtomicLong spilled = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    private Spill(Path folder, long quotaBytes) throws IOException {
        this.folder = folder;
        this.quotaBytes = quotaBytes;
        long segment = Math.max(4_096, Math.min(LARGEST_SEGMENT, quotaBytes / 8));
        rows = SpillLog.open(folder, "rows", segment);
        lines = SpillLog.open(folder, "lines", segment);
        spilled.set(rows.weight() + lines.weight());
    }

    /** @param quotaBytes that both logs take at most */
    static Spill open(Path folder, long quotaBytes) throws IOException {
        return new Spill(folder, quotaBytes);
    }

    SpillLog rows() {
        return rows;
    }

    SpillLog lines() {
        return lines;
    }

    /** Whether the aggregates of an entry are safe on disk now. */
    boolean keep(SpillCodec.Entry entry) {
        return switch (entry) {
            case SpillCodec.Entry.Open open -> append(open.start().id(), 0, entry);
            case SpillCodec.Entry.End end -> append(end.origin().capture(), 0, entry);
            case SpillCodec.Entry.Rows(var origin, var batch) -> keep(origin, batch);
        };
    }

    private boolean keep(Origin origin, Batch batch) {
        for (var part : batch.parts(ROWS_AT_ONCE)) {
            if (!append(origin.capture(), part.weight(), new SpillCodec.Entry.Rows(origin, part))) {
                return false;
            }
        }
        return true;
    }

    private synchronized boolean append(UUID capture, int weight, SpillCodec.Entry entry) {
        byte[] payload = SpillCodec.encode(entry);
        while (true) {
            try {
                refuseOverQuota(payload);
                rows.append(capture, weight, payload);
                spilled.addAndGet(weight);
                return true;
            } catch (SpillFullException e) {
                if (!dropLines()) {
                    LOG.warnf("%s holds no more rows: %s", folder, e.getMessage());
                    return false;
                }
            }
        }
    }

    private void refuseOverQuota(byte[] payload) throws SpillFullException {
        long bytes = bytes();
        if (bytes + payload.length > quotaBytes) {
            throw SpillFullException.quota(bytes, quotaBytes);
        }
    }

    /** Keeps printed lines as long as there is room, at the cost of the oldest ones; what does not fit is counted. */
    synchronized void keepLines(Origin origin, List<ConsoleBlock> printed) {
        for (var part : parts(printed)) {
            byte[] payload = SpillCodec.encode(new SpillCodec.Entry.Rows(origin, part));
            boolean kept = false;
            boolean room = true;
            while (!kept && room) {
                try {
                    refuseOverQuota(payload);
                    lines.append(origin.capture(), part.weight(), payload);
                    spilled.addAndGet(part.weight());
                    kept = true;
                } catch (SpillFullException e) {
                    room = dropLines();
                }
            }
            if (!kept) {
                lose(origin, part.lines());
            }
        }
    }

    private static List<Batch> parts(List<ConsoleBlock> printed) {
        var parts = new ArrayList<Batch>();
        int from = 0;
        long bytes = 0;
        for (int at = 0; at < printed.size(); at++) {
            bytes += printed.get(at).bytes();
            if (bytes >= LINE_BYTES_AT_ONCE || at == printed.size() - 1) {
                parts.add(Batch.ofLines(printed.subList(from, at + 1)));
                from = at + 1;
                bytes = 0;
            }
        }
        return parts;
    }

    /** Gives up the oldest lines; false when there are none. */
    private boolean dropLines() {
        try {
            var oldest = lines.oldest();
            if (oldest == null) {
                return false;
            }
            lines.dropOldest();
            for (var record : oldest.records()) {
                if (SpillCodec.decode(record.payload()) instanceof SpillCodec.Entry.Rows(var origin, var batch)) {
                    dropped.addAndGet(batch.weight());
                    lose(origin, batch.lines());
                }
            }
            return true;
        } catch (IOException e) {
            LOG.warnf("lines of %s cannot be given up: %s", folder, e.getMessage());
            return false;
        }
    }

    /** Lines are counted, and the time in which they were printed is a gap. */
    private void lose(Origin origin, List<ConsoleBlock> printed) {
        if (printed.isEmpty()) {
            return;
        }
        long count = ConsoleBlock.lines(printed);
        lost.addAndGet(count);
        long from = printed.getFirst().timeMillis() - origin.startedAtMillis();
        long to = printed.getLast().timeMillis() - origin.startedAtMillis() + 1;
        var gap = new Row.Gap(from, Math.max(from, to), GapReason.SPILL_FULL, count, "printed lines");
        // The oldest go first: what is lost later lies behind the beginning of the first gap.
        lostLines.merge(origin, gap, Row.Gap::plus);
        untold.add(origin);
    }

    /** Gaps that nobody stored yet, by capture; each tells of everything its capture lost here. */
    synchronized Map<Origin, Row.Gap> takeUntold() {
        var gaps = new HashMap<Origin, Row.Gap>();
        untold.forEach(origin -> gaps.put(origin, Objects.requireNonNull(lostLines.get(origin))));
        untold.clear();
        return gaps;
    }

    /** They could not be stored. */
    synchronized void untold(Set<Origin> origins) {
        untold.addAll(origins);
    }

    synchronized boolean hasUntold() {
        return !untold.isEmpty();
    }

    /** Keeps the minute that is not over, instead of what was kept of it before. */
    synchronized void keepTail(Origin origin, Batch batch) {
        var file = tail(origin.capture());
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.write(fresh, SpillCodec.encode(new SpillCodec.Entry.Rows(origin, batch)));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.debugf("the current minute is kept in memory only: %s", e.getMessage());
            delete(fresh); // on a full disk a part of it would take the room of what is over
        }
    }

    synchronized void dropTail(UUID capture) {
        delete(tail(capture));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debugf("%s stays: %s", file, e.getMessage());
        }
    }

    private Path tail(UUID capture) {
        return folder.resolve(TAIL + capture);
    }

    /** Files of {@link #keepTail} that an earlier process left. */
    List<Path> tails() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(TAIL)
                            && !file.getFileName().toString().endsWith(".new"))
                    .toList();
        }
    }

    /** Series-minutes and lines of a capture that wait. */
    long waiting(UUID capture) {
        return rows.weight(capture) + lines.weight(capture);
    }

    /** Series-minutes and lines of all captures that wait. */
    long waiting() {
        return rows.weight() + lines.weight();
    }

    boolean holds(UUID capture) {
        return rows.holds(capture) || lines.holds(capture);
    }

    /** Lines of a capture that were given up. */
    synchronized long lostLines(Origin origin) {
        var gap = lostLines.get(origin);
        return gap == null ? 0 : gap.lost();
    }

    boolean isEmpty() {
        return rows.isEmpty() && lines.isEmpty();
    }

    long bytes() {
        return rows.bytes() + lines.bytes();
    }

    /** Series-minutes and lines that were found here or came since. */
    long spilled() {
        return spilled.get();
    }

    /** Lines that ever were given up. */
    long lost() {
        return lost.get();
    }

    /** Those among the lost lines that had been here. */
    long droppedLines() {
        return dropped.get();
    }

    void sync() throws IOException {
        rows.sync();
        lines.sync();
    }

    @Override
    public void close() throws IOException {
        rows.close();
        lines.close();
    }
}
