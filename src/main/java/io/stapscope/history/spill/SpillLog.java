package io.stapscope.history.spill;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * An append-only log in segments, read from its oldest one. A record that was appended survives a crash of the process at
 * once and of the machine after {@link #sync}; one that was written only in part is cut off when the log is opened again.
 * Thread-safe.
 */
public final class SpillLog implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SpillLog.class);
    private static final String SUFFIX = ".spill";

    private final Path folder;
    private final String kind;
    private final long segmentBytes;
    private final Deque<Segment> segments = new ArrayDeque<>();
    private @Nullable FileChannel active;
    private boolean unsynced;
    private long nextSeq = 1;

    /** One file; its first record's number is in its name. */
    private static final class Segment {
        final Path path;
        final Map<UUID, Long> weights = new HashMap<>();
        long bytes;
        long records;

        Segment(Path path) {
            this.path = path;
        }

        void count(UUID subject, long weight) {
            weights.merge(subject, weight, Long::sum);
            records++;
        }
    }

    /**
     * The content of the oldest segment.
     *
     * @param damaged records that cannot be read any more
     * @param damagedWeight of those whose subject is still known
     */
    public record Oldest(Path path, List<SpillRecord> records, long damaged, Map<UUID, Long> damagedWeight) {}

    private SpillLog(Path folder, String kind, long segmentBytes) {
        this.folder = folder;
        this.kind = kind;
        this.segmentBytes = segmentBytes;
    }

    /**
     * Opens the log, with what an earlier process left.
     *
     * @param kind beginning of its files' names
     * @param segmentBytes about the size of a file
     */
    public static SpillLog open(Path folder, String kind, long segmentBytes) throws IOException {
        Files.createDirectories(folder);
        var log = new SpillLog(folder, kind, segmentBytes);
        try (var files = Files.list(folder)) {
            var found = files.filter(file -> file.getFileName().toString().startsWith(kind + "-")
                            && file.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
            for (var file : found) {
                log.adopt(file);
            }
        }
        return log;
    }

    private void adopt(Path file) throws IOException {
        var content = ByteBuffer.wrap(Files.readAllBytes(file));
        if (content.limit() < RecordFormat.SEGMENT_HEADER || content.getLong(0) != RecordFormat.SEGMENT_MAGIC) {
            if (content.limit() <= RecordFormat.SEGMENT_HEADER) {
                Files.delete(file); // it was begun and never used
                return;
            }
            LOG.errorf("%s is no spill of this version: left alone", file);
            Files.move(file, file.resolveSibling(file.getFileName() + ".unknown"));
            return;
        }
        long first = firstSeq(file);
        var scan = SegmentScan.of(content, first);
        if (scan.end() < content.limit()) {
            LOG.warnf("%s: cut %d bytes of a torn or damaged end", file, content.limit() - scan.end());
            try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(scan.end());
            }
        }
        if (!segments.isEmpty() && first > nextSeq) {
            // The records before this segment's first one stood at the damaged end of the segment before.
            segments.getLast().records += first - nextSeq;
        }
        var segment = new Segment(file);
        segment.bytes = scan.end();
        scan.records().forEach(record -> segment.count(record.subject(), record.weight()));
        segment.records += scan.damaged();
        nextSeq = Math.max(nextSeq, scan.next());
        segments.addLast(segment);
    }

    private static long firstSeq(Path file) {
        return Long.parseLong(file.getFileName().toString().replaceAll("\\D", ""));
    }

    /** Appends a record. */
    public synchronized void append(UUID subject, int weight, byte[] payload) throws SpillFullException {
        try {
            var channel = channel();
            var segment = segments.getLast();
            var bytes = RecordFormat.encode(new SpillRecord(nextSeq, subject, weight, payload));
            int length = bytes.remaining();
            try {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            } catch (IOException e) {
                // A full disk takes a part of the record: without this cut the next one would stand behind a torn one.
                channel.truncate(segment.bytes);
                channel.position(segment.bytes);
                throw e;
            }
            segment.bytes += length;
            segment.count(subject, weight);
            nextSeq++;
            unsynced = true;
            if (segment.bytes >= segmentBytes) {
                seal();
            }
        } catch (IOException e) {
            throw new SpillFullException("cannot write to " + folder + ": " + e.getMessage(), e);
        }
    }

    private FileChannel channel() throws IOException {
        var open = active;
        if (open != null) {
            return open;
        }
        var path = folder.resolve("%s-%016d%s".formatted(kind, nextSeq, SUFFIX));
        var channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            var header = ByteBuffer.allocate(RecordFormat.SEGMENT_HEADER)
                    .putLong(RecordFormat.SEGMENT_MAGIC)
                    .flip();
            while (header.hasRemaining()) {
                channel.write(header);
            }
        } catch (IOException e) {
            channel.close();
            Files.deleteIfExists(path);
            throw e;
        }
        var segment = new Segment(path);
        segment.bytes = RecordFormat.SEGMENT_HEADER;
        segments.addLast(segment);
        active = channel;
        return channel;
    }

    private void seal() throws IOException {
        var open = active;
        if (open != null) {
            active = null;
            open.force(false);
            open.close();
            unsynced = false;
        }
    }

    /** Makes what was appended survive a crash of the machine. */
    public synchronized void sync() throws IOException {
        var open = active;
        if (open != null && unsynced) {
            open.force(false);
            unsynced = false;
        }
    }

    /** The oldest segment, or null when nothing waits. It gets no more records. */
    public synchronized @Nullable Oldest oldest() throws IOException {
        var first = segments.peekFirst();
        if (first == null) {
            return null;
        }
        if (segments.size() == 1) {
            seal();
        }
        var scan = SegmentScan.of(ByteBuffer.wrap(Files.readAllBytes(first.path)), firstSeq(first.path));
        long missing = Math.max(scan.damaged(), first.records - scan.records().size());
        return new Oldest(first.path, scan.records(), missing, scan.damagedWeight());
    }

    /** Removes the oldest segment, whose records were taken or are given up; the weight it held by subject. */
    public synchronized Map<UUID, Long> dropOldest() throws IOException {
        var first = segments.peekFirst();
        if (first == null) {
            return Map.of();
        }
        if (segments.size() == 1) {
            seal();
        }
        Files.deleteIfExists(first.path);
        segments.removeFirst();
        return Map.copyOf(first.weights);
    }

    /** Bytes on disk. */
    public synchronized long bytes() {
        return segments.stream().mapToLong(segment -> segment.bytes).sum();
    }

    public synchronized boolean isEmpty() {
        return segments.isEmpty();
    }

    /** Weight that waits, of one subject. */
    public synchronized long weight(UUID subject) {
        return segments.stream()
                .mapToLong(segment -> segment.weights.getOrDefault(subject, 0L))
                .sum();
    }

    /** Weight that waits, of all. */
    public synchronized long weight() {
        return segments.stream()
                .flatMap(segment -> segment.weights.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Whether records of this subject wait. */
    public synchronized boolean holds(UUID subject) {
        return segments.stream().anyMatch(segment -> segment.weights.containsKey(subject));
    }

    @Override
    public synchronized void close() throws IOException {
        seal();
    }
}
