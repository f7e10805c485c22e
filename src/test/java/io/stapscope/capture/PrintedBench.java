package io.stapscope.capture;

import io.stapscope.history.StandHistory;
import io.stapscope.tracer.Driver;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Printed events from the kernel into history: how many a second are printed, read and stored, what processor time they take,
 * and that every one that is not stored is counted. Root.
 */
final class PrintedBench {
    private static final Path CALLS = Driver.program("calls");

    private PrintedBench() {}

    /** @param arguments events; how many before that are not measured; short or long, the lines */
    public static void main(String[] arguments) throws Exception {
        long events = arguments.length > 0 ? Long.parseLong(arguments[0]) : 4_000_000;
        long warmUp = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1_000_000;
        boolean longer = arguments.length > 2 && arguments[2].equals("long");
        var state = Path.of(System.getProperty("java.io.tmpdir"), "stapscope-printed-bench");
        try (var history = new StandHistory(state)) {
            if (warmUp > 0) {
                System.out.print("warm-up: ");
                measure(history, warmUp, longer);
            }
            measure(history, events, longer);
        }
        System.exit(0);
    }

    private static void measure(StandHistory history, long events, boolean longer) throws Exception {
        var print = longer
                ? "printf(\"%d %s(%d) on CPU %d: syscall %d\\n\", gettimeofday_us(), execname(), tid(), cpu(), $syscall)"
                : "printf(\"%d\\n\", tid())";
        var script = "probe process(\"" + CALLS + "\").syscall { if ($syscall == 110) " + print + " }";
        try (var driver = Driver.start(CALLS, Long.toString(events), "2", "hold")) {
            driver.line();
            var capture = Measured.start(script, history, Duration.ofSeconds(1));
            long begin = System.nanoTime();
            double ours = ourSeconds();
            double server = history.serverSeconds();
            driver.proceed();
            driver.awaitEnd();
            double seconds = (System.nanoTime() - begin) / 1e9;
            capture.stop("measured");
            capture.ended().join();
            while (history.waiting() > 0) {
                LockSupport.parkNanos(10_000_000);
            }
            double all = (System.nanoTime() - begin) / 1e9;
            report(history, capture, events, seconds, all);
            System.out.printf(
                    "processor time for each event: %.2f us here, %.2f us in PostgreSQL%n",
                    (ourSeconds() - ours) * 1e6 / events, (history.serverSeconds() - server) * 1e6 / events);
        }
    }

    private static double ourSeconds() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getProcessCpuTime()
                / 1e9;
    }

    private static void report(StandHistory history, Capture capture, long made, double seconds, double all) {
        var losses = capture.view().losses();
        var accounts = losses.accounts();
        long stored = history.number(
                "select coalesce(sum(lines), 0)::bigint from console where capture_id = $1", capture.id());
        long rows = history.number("select count(*) from console where capture_id = $1", capture.id());
        long bytes = history.number(
                "select coalesce(sum(pg_column_size(line)), 0)::bigint from console where capture_id = $1",
                capture.id());
        long refused = history.number("select refused from capture where id = $1", capture.id());
        System.out.printf(
                "%,d printed in %.2f s (%,.0f/s): %,d read, %,d lost in the ring; %,d lines stored in %,d rows (%,d bytes) and "
                        + "%,d given up by %.2f s (%,.0f/s)%n",
                made,
                seconds,
                made / seconds,
                accounts.consumed(),
                losses.lostEvents(),
                stored,
                rows,
                bytes,
                refused,
                all,
                stored / all);
        long unaccounted = accounts.events() - accounts.consumed() - losses.lostEvents();
        long lines = accounts.consumed() - stored - refused;
        // Besides the script's, the tracer says in one line that events were lost.
        System.out.printf(
                "unaccounted: %d events, %d lines%n", unaccounted, losses.lostEvents() > 0 ? lines + 1 : lines);
    }
}
