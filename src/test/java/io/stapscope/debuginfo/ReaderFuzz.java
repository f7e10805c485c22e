package io.stapscope.debuginfo;

import com.sun.management.ThreadMXBean;
import io.stapscope.debuginfo.SeedFiles.SeedFile;
import io.stapscope.fuzz.Watchdog;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Sends mutated programs through all readers: {@code make fuzz-readers COUNT=1000000 SEED=1}. A file that makes one throw
 * anything but a format exception, or that takes more time or heap than it may, is told with its number:
 * {@code COUNT=1 SEED=1 FIRST=number} does it again.
 */
final class ReaderFuzz {
    /** Time of a processor for one file with all readers. */
    private static final Duration TIME = Duration.ofSeconds(1);
    /** After so much nobody waits for it any longer. */
    private static final Duration ENDLESS = Duration.ofSeconds(10);
    /** Bytes that may be allocated for one file with all readers, and for each byte of it. */
    private static final long HEAP = 64 << 20;

    private static final long HEAP_FOR_BYTE = 64;
    private static final int MOST_FAILURES = 100;

    private final Map<String, Consumer<Damaged>> readers;
    private final Map<String, String> failures = new ConcurrentSkipListMap<>();
    private final Map<String, LongSummaryStatistics> times = new ConcurrentHashMap<>();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong slowest = new AtomicLong();
    private final AtomicLong largest = new AtomicLong();

    ReaderFuzz(Map<String, Consumer<Damaged>> readers) {
        this.readers = readers;
    }

    /** @param args how many files, the seed, the number of the first */
    public static void main(String[] args) throws InterruptedException {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 20_000;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
        int first = args.length > 2 ? Integer.parseInt(args[2]) : 0;
        var fuzz = new ReaderFuzz(Readers.ALL);
        int seeds = fuzz.run(first, count, seed, Duration.ofDays(1));
        System.out.printf(
                "%d files of %d programs, %d refused, slowest %d ms, most heap %d MB, %d kinds of failures%n",
                count,
                seeds,
                fuzz.refused.get(),
                fuzz.slowest.get() / 1_000_000,
                fuzz.largest.get() >> 20,
                fuzz.failures.size());
        fuzz.times.forEach((name, time) -> System.out.printf(
                "%-20s %8d files, %5.0f us each, at most %d ms%n",
                name, time.getCount(), time.getAverage() / 1_000, time.getMax() / 1_000_000));
        if (!fuzz.failures.isEmpty() || fuzz.files() < count) {
            System.exit(1);
        }
    }

    /** What went wrong, by kind. */
    Map<String, String> failures() {
        return failures;
    }

    /** How many files a reader refused. */
    long refused() {
        return refused.get();
    }

    /** How many files were read. */
    long files() {
        return times.values().stream()
                .mapToLong(LongSummaryStatistics::getCount)
                .sum();
    }

    /**
     * On all processors.
     *
     * @param longest after this time it stops early
     * @return how many programs were mutated
     */
    int run(int first, int count, long seed, Duration longest) throws InterruptedException {
        var next = new AtomicInteger(first);
        var files = SeedFiles.find();
        int threads = Math.min(count, Runtime.getRuntime().availableProcessors());
        long end = System.nanoTime() + longest.toNanos();
        new Watchdog(ENDLESS, (file, place) -> report("endless at " + place, file)).run(threads, worker -> {
            // Each thread has bytes of its own.
            var seeds = files.stream().map(SeedFile::seed).toList();
            while (!worker.isLeft() && System.nanoTime() < end) {
                int number = next.getAndIncrement();
                if (number >= first + count) {
                    return;
                }
                one(worker, seeds, seed, number);
                if (number > first && (number - first) % 50_000 == 0) {
                    progress(number - first);
                }
            }
        });
        return files.size();
    }

    private void progress(int files) {
        System.out.printf(
                "%d files, %d kinds of failures, slowest %d ms, most heap %d MB%n",
                files, failures.size(), slowest.get() / 1_000_000, largest.get() >> 20);
    }

    private void one(Watchdog.Worker worker, List<Seed> seeds, long seed, int number) {
        var random = new Random(seed * 1_000_003 + number);
        var program = seeds.get(random.nextInt(seeds.size()));
        var mutation = new Mutation(program, random);
        var damaged = mutation.apply();
        var name = program.name() + ", seed " + seed + ", number " + number;
        worker.begin(name);
        try {
            read(damaged, program.name(), name);
        } finally {
            worker.end();
            mutation.undo();
        }
    }

    private void read(Damaged damaged, String program, String name) {
        var thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long time = thread.getCurrentThreadCpuTime();
        long heap = thread.getCurrentThreadAllocatedBytes();
        boolean isRefused = false;
        for (var reader : readers.entrySet()) {
            isRefused |= isRefused(reader.getKey(), reader.getValue(), damaged, name);
        }
        heap = thread.getCurrentThreadAllocatedBytes() - heap;
        time = thread.getCurrentThreadCpuTime() - time;
        if (isRefused) {
            refused.incrementAndGet();
        }
        slowest.accumulateAndGet(time, Math::max);
        largest.accumulateAndGet(heap, Math::max);
        var ofProgram = times.computeIfAbsent(program, _ -> new LongSummaryStatistics());
        synchronized (ofProgram) {
            ofProgram.accept(time);
        }
        if (time > TIME.toNanos()) {
            report("too slow", name + ": " + time / 1_000_000 + " ms");
        }
        if (heap > HEAP + HEAP_FOR_BYTE * damaged.size()) {
            report("too much heap", name + ": " + (heap >> 20) + " MB of " + damaged.size() + " bytes");
        }
    }

    /** Whether a reader refused a program in words. What else it throws is a failure. */
    private boolean isRefused(String reader, Consumer<Damaged> reads, Damaged damaged, String name) {
        try {
            reads.accept(damaged);
            return false;
        } catch (RuntimeException | Error e) {
            if (!isTyped(e)) {
                report(reader + ": " + e.getClass().getSimpleName() + " at " + place(e), name);
            } else if (e.getMessage() == null || e.getMessage().isBlank()) {
                report(reader + ": refused without words at " + place(e), name);
            }
            return true;
        }
    }

    private static boolean isTyped(Throwable error) {
        var type = error.getClass().getName();
        return type.startsWith("io.stapscope.debuginfo.") && type.endsWith("FormatException");
    }

    private static String place(Throwable error) {
        return Arrays.stream(error.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("io.stapscope"))
                .limit(2)
                .map(frame -> frame.getClassName().replaceFirst(".*\\.", "") + "." + frame.getMethodName() + ":"
                        + frame.getLineNumber())
                .reduce((inner, outer) -> inner + " < " + outer)
                .orElse("");
    }

    private void report(String kind, String file) {
        if (failures.size() < MOST_FAILURES && failures.putIfAbsent(kind, file) == null) {
            System.out.println(kind + " (" + file + ")");
        }
    }
}
