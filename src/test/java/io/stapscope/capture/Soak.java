package io.stapscope.capture;

import io.stapscope.history.StandHistory;
import io.stapscope.tracer.Driver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Two captures that run on and on under load, with windows ten times a second: memory, descriptors and invariants, every
 * so often. Fails when an invariant breaks or descriptors leak. Root.
 */
final class Soak {
    private static final Path CALLS = Driver.program("calls");
    /** Keys that do not grow with the processes that come and go: what grows then is a leak. */
    private static final List<String> SCRIPTS = List.of(
            "global n, took probe process(\"CALLS\").syscall.return { n[cpu(), $syscall]++; "
                    + "took[$syscall] <<< gettimeofday_ns() - @entry(gettimeofday_ns()) }",
            "global n, s probe process(\"CALLS\").syscall { n++; s[cpu()] <<< $syscall } "
                    + "probe timer.ms(200) { printf(\"%d calls\\n\", n) }");

    /** Windows come this many times as often as usual: an hour of them takes six minutes. */
    private static final int FASTER = 10;

    private static final long MOST_KIB_PER_HOUR = 1024;

    /** Between bursts of load, so that a soak beside other work is possible. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private Soak() {}

    private record Sample(double minute, long residentKib, long heapKib, long descriptors) {}

    /** @param arguments minutes */
    public static void main(String[] arguments) throws Exception {
        int minutes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 480;
        var state = Path.of(System.getProperty("java.io.tmpdir"), "stapscope-soak");
        var samples = new ArrayList<Sample>();
        long broken = 0;
        try (var history = new StandHistory(state)) {
            var captures = new ArrayList<Capture>();
            for (var script : SCRIPTS) {
                captures.add(Measured.start(
                        script.replace("CALLS", CALLS.toString()),
                        history,
                        Duration.ofSeconds(1).dividedBy(FASTER)));
            }
            long begin = System.nanoTime();
            long end = begin + TimeUnit.MINUTES.toNanos(minutes);
            long next = begin;
            long made = 0;
            while (System.nanoTime() < end) {
                try (var driver = Driver.start(CALLS, "200000", "2")) {
                    driver.awaitEnd();
                    made += 200_000;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
                if (System.nanoTime() >= next) {
                    samples.add(sample((System.nanoTime() - begin) / 6e10));
                    broken += broken(captures);
                    System.out.printf("%s, %,d calls, %d broken%n", samples.getLast(), made, broken);
                    next += TimeUnit.SECONDS.toNanos(30);
                }
            }
            for (var capture : captures) {
                capture.stop("the soak is over");
                capture.ended().join();
            }
            broken += atTheEnd(history, captures, made);
        }
        long slope = Math.round(slopeKibPerHour(samples.subList(samples.size() / 3, samples.size())));
        long leaked = samples.getLast().descriptors()
                - samples.get(samples.size() / 3).descriptors();
        long usual = slope / FASTER;
        System.out.printf(
                "slope after warm-up %,d KiB/h of memory in use, %,d KiB/h at the usual length of windows (at most %,d); "
                        + "descriptors %+d; %d invariants broken%n",
                slope, usual, MOST_KIB_PER_HOUR, leaked, broken);
        System.exit(broken == 0 && Math.abs(leaked) < 5 && usual < MOST_KIB_PER_HOUR ? 0 : 1);
    }

    /** Invariants that must hold at every moment. */
    private static long broken(List<Capture> captures) {
        long broken = 0;
        for (var capture : captures) {
            var losses = capture.view().losses();
            var accounts = losses.accounts();
            broken += accounts.fired() < losses.hits() + losses.skippedNoEntry() ? 1 : 0;
            broken += accounts.consumed() + losses.lostEvents() > accounts.events() ? 1 : 0;
            broken += accounts.malformed() + losses.lostUpdates() > 0 ? 1 : 0;
        }
        return broken;
    }

    /** Nothing runs any more: both sides of each are equal, and what is stored is what was made. */
    private static long atTheEnd(StandHistory history, List<Capture> captures, long made) {
        long broken = 0;
        for (var capture : captures) {
            var losses = capture.view().losses();
            var accounts = losses.accounts();
            broken += accounts.fired() == losses.hits() + losses.skippedNoEntry() ? 0 : 1;
            broken += accounts.updates() == accounts.applied() ? 0 : 1;
            broken += accounts.unsettled() == 0 ? 0 : 1;
            broken += accounts.events() == accounts.consumed() + losses.lostEvents() ? 0 : 1;
            broken += unequal(history, capture.id());
        }
        long stored = history.number(
                "select coalesce(sum(m.n), 0)::bigint from series s join h_min m on m.series_id = s.id "
                        + "where s.capture_id = $1 and s.agg = 1 and s.facet = 0 and s.keys = '{110}'",
                captures.getFirst().id());
        System.out.printf("%,d calls made, %,d stored%n", made, stored);
        return broken + (stored == made ? 0 : 1);
    }

    private static long unequal(StandHistory history, UUID capture) {
        return history.number(
                "select count(*) from series s where s.capture_id = $1 "
                        + "and s.n <> (select coalesce(sum(m.n), 0) from h_min m where m.series_id = s.id)",
                capture);
    }

    private static Sample sample(double minute) throws IOException {
        System.gc();
        var runtime = Runtime.getRuntime();
        long resident = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
        long descriptors;
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            descriptors = open.count();
        }
        return new Sample(minute, resident, (runtime.totalMemory() - runtime.freeMemory()) / 1024, descriptors);
    }

    /** Of a straight line through what the process has in memory. */
    private static double slopeKibPerHour(List<Sample> samples) {
        double meanTime = samples.stream().mapToDouble(Sample::minute).average().orElse(0);
        double meanSize =
                samples.stream().mapToLong(Sample::residentKib).average().orElse(0);
        double together = 0;
        double alone = 0;
        for (var sample : samples) {
            together += (sample.minute() - meanTime) * (sample.residentKib() - meanSize);
            alone += (sample.minute() - meanTime) * (sample.minute() - meanTime);
        }
        return alone == 0 ? 0 : together / alone * 60;
    }
}
