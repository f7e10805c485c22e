package io.stapscope.capture;

import io.stapscope.history.StandHistory;
import io.stapscope.tracer.Driver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Printed events from the kernel into history: how many a second are printed and read, how many are stored, and that every
 * one that is not is counted. Root.
 */
final class PrintedBench {
    private static final Path CALLS = Driver.program("calls");

    private PrintedBench() {}

    /** @param arguments events */
    public static void main(String[] arguments) throws Exception {
        long events = arguments.length > 0 ? Long.parseLong(arguments[0]) : 4_000_000;
        var script = "probe process(\"CALLS\").syscall { if ($syscall == 110) printf(\"%d\\n\", tid()) }"
                .replace("CALLS", CALLS.toString());
        var state = Path.of(System.getProperty("java.io.tmpdir"), "stapscope-printed-bench");
        try (var history = new StandHistory(state);
                var driver = Driver.start(CALLS, Long.toString(events), "2", "hold")) {
            driver.line();
            var capture = Measured.start(script, history, Duration.ofSeconds(1));
            long begin = System.nanoTime();
            driver.proceed();
            driver.awaitEnd();
            double seconds = (System.nanoTime() - begin) / 1e9;
            capture.stop("measured");
            capture.ended().join();
            while (history.waiting() > 0) {
                LockSupport.parkNanos(50_000_000);
            }
            double all = (System.nanoTime() - begin) / 1e9;
            report(history, capture, events, seconds, all);
        }
        System.exit(0);
    }

    private static void report(StandHistory history, Capture capture, long made, double seconds, double all) {
        var losses = capture.view().losses();
        var accounts = losses.accounts();
        long stored = history.number("select count(*) from console where capture_id = $1", capture.id());
        long refused = history.number("select refused from capture where id = $1", capture.id());
        System.out.printf(
                "%,d printed in %.2f s (%,.0f/s): %,d read, %,d lost in the ring; %,d lines stored and %,d given up by %.1f s%n",
                made, seconds, made / seconds, accounts.consumed(), losses.lostEvents(), stored, refused, all);
        long unaccounted = accounts.events() - accounts.consumed() - losses.lostEvents();
        long lines = accounts.consumed() - stored - refused;
        // Besides the script's, the tracer says in one line that events were lost.
        System.out.printf(
                "unaccounted: %d events, %d lines%n", unaccounted, losses.lostEvents() > 0 ? lines + 1 : lines);
    }
}
