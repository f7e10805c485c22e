package io.stapscope.debuginfo;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
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
import org.jspecify.annotations.Nullable;

/**
 * Sends mutated programs through all readers: {@code make fuzz-readers COUNT=1000000 SEED=1}. A file that makes one throw
 * anything but a format exception, or that takes more time or heap than its size allows, is told with its number:
 * {@code COUNT=1 SEED=1 FIRST=number} does it again.
 */
final class ReaderFuzz {
    /** Time for one file with all readers, and for each megabyte of it. */
    private static final Duration TIME = Duration.ofSeconds(2);

    private static final Duration TIME_FOR_MEGABYTE = Duration.ofMillis(100);
    /** Bytes that may be allocated for one file, and for each byte of it. */
    private static final long HEAP = 96 << 20;

    private static final long HEAP_FOR_BYTE = 16;
    private static final int MOST_FAILURES = 100;

    private final Map<String, Consumer<ByteBuffer>> readers;
    private final Map<String, String> failures = new ConcurrentSkipListMap<>();
    private final Map<String, LongSummaryStatistics> times = new ConcurrentHashMap<>();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong slowest = new AtomicLong();
    private final AtomicLong largest = new AtomicLong();

    ReaderFuzz(Map<String, Consumer<ByteBuffer>> readers) {
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

    /** How often a reader refused a file. */
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
        var threads = new ArrayList<Thread>();
        long start = System.nanoTime();
        for (int i = 0; i < Math.min(count, Runtime.getRuntime().availableProcessors()); i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                // Each thread has pages of its own.
                var seeds = files.stream().map(Seed::new).toList();
                for (int number = next.getAndIncrement();
                        number < first + count && System.nanoTime() - start < longest.toNanos();
                        number = next.getAndIncrement()) {
                    one(seeds, seed, number);
                    if (number > first && number % 50_000 == 0) {
                        System.out.printf(
                                "%d files, %d kinds of failures, slowest %d ms, %d s%n",
                                number - first,
                                failures.size(),
                                slowest.get() / 1_000_000,
                                (System.nanoTime() - start) / 1_000_000_000);
                    }
                }
            }));
        }
        for (var thread : threads) {
            thread.join();
        }
        return files.size();
    }

    private void one(List<Seed> seeds, long seed, int number) {
        var random = new Random(seed * 1_000_003 + number);
        var program = seeds.get(random.nextInt(seeds.size()));
        var mutation = new Mutation(program, random);
        var file = mutation.apply();
        try {
            read(file, program.name() + ", seed " + seed + ", number " + number);
        } finally {
            mutation.undo();
        }
    }

    private void read(ByteBuffer file, String name) {
        var thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long time = thread.getCurrentThreadCpuTime();
        long heap = thread.getCurrentThreadAllocatedBytes();
        for (var reader : readers.entrySet()) {
            var failure = failure(reader.getValue(), file.duplicate());
            if (failure != null) {
                report(reader.getKey() + ": " + failure, name);
            }
        }
        heap = thread.getCurrentThreadAllocatedBytes() - heap;
        time = thread.getCurrentThreadCpuTime() - time;
        slowest.accumulateAndGet(time, Math::max);
        var program = times.computeIfAbsent(name.substring(0, name.indexOf(',')), _ -> new LongSummaryStatistics());
        synchronized (program) {
            program.accept(time);
        }
        largest.accumulateAndGet(heap, Math::max);
        if (time > TIME.toNanos() + TIME_FOR_MEGABYTE.toNanos() * (file.limit() >> 20)) {
            report("too slow", name + ": " + time / 1_000_000 + " ms");
        }
        if (heap > HEAP + HEAP_FOR_BYTE * file.limit()) {
            report("too much heap", name + ": " + (heap >> 20) + " MB");
        }
    }

    /** The kind of the failure; null when the file was read or refused in words. */
    private @Nullable String failure(Consumer<ByteBuffer> reader, ByteBuffer file) {
        try {
            reader.accept(file);
            return null;
        } catch (RuntimeException | Error e) {
            var type = e.getClass();
            if (type.getName().startsWith("io.stapscope.debuginfo.")
                    && type.getName().endsWith("FormatException")) {
                refused.incrementAndGet();
                return e.getMessage() == null || e.getMessage().isBlank() ? "refused without words" : null;
            }
            return type.getSimpleName() + " at " + place(e);
        }
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
