package io.stapscope.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import io.stapscope.tracer.Driver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a page keeps that watches a run of so many minutes: {@code make bench-memory MINUTES=30}. Its windows, usually one a
 * second, come ten times as fast. With {@code KEYS=new} every window brings keys that never come again, as of a script by pid
 * on a busy host. No test: it takes as long as it is asked to.
 */
@Timeout(3 * 3600)
class PageMemoryBench {
    private static final int MINUTES = Integer.getInteger("stapscope.memory.minutes", 30);
    private static final int WINDOWS_A_SECOND = 10;
    private static final int POINTS = 10;
    private static final boolean NEW_KEYS = "new".equals(System.getProperty("stapscope.memory.keys"));

    /** What a page keeps of each aggregate, see liveState.ts. */
    private static final int COLUMNS_KEPT = 300;

    /** What a page may gain over the whole run once it keeps as many columns as it ever does. */
    private static final double MOST_BYTES = 2e6;

    private static final String SCRIPT = """
            global lat, calls
            probe process("CALLS").syscall.return {
                lat[execname(), $syscall] <<< gettimeofday_ns() - @entry(gettimeofday_ns())
                calls[$syscall]++
            }
            """;

    /** 33 keys a window are 2,000 a minute of a usual run; three are always there. */
    private static final String SCRIPT_OF_NEW_KEYS = """
            global seen%[4096], key
            probe timer.ms(100) {
                for (i = 0; i < 33; i++) {
                    seen[1000 + key++]++
                }
                for (i = 0; i < 3; i++) {
                    seen[i] += 10
                }
            }
            """;

    /** The longest times between two frames, and of one task, in five seconds: what the eye sees as a jerk. */
    private static final String FRAMES = """
            () => new Promise((done) => {
                const gaps = [];
                let last = performance.now();
                const until = last + 5000;
                const frame = (now) => {
                    gaps.push(now - last);
                    last = now;
                    if (now < until) {
                        requestAnimationFrame(frame);
                    } else {
                        gaps.sort((a, b) => a - b);
                        done([0.5, 0.95, 1].map((p) => Math.round(gaps[Math.ceil(gaps.length * p) - 1] * 10) / 10));
                    }
                };
                requestAnimationFrame(frame);
            })
            """;

    /** Bytes in use when so many windows had come. */
    private record Point(double windows, double bytes) {}

    @Test
    void theHeapOfALongRunIsFlat() {
        Browser.executable();
        try (var service = RunningService.start(RunningService.newStateDirectory());
                var browser = Browser.start(service);
                var page = browser.open("/")) {
            page.evaluate("() => localStorage.setItem('stapscope.settings',"
                    + " '{\"budgetPercent\":0,\"intervalMillis\":100}')");
            page.reload();
            Browser.paste(
                    page,
                    NEW_KEYS
                            ? SCRIPT_OF_NEW_KEYS
                            : SCRIPT.replace("CALLS", Driver.program("calls").toString()));
            page.getByTestId("run-button").click();
            page.locator(".badge.on").first().waitFor();
            if (NEW_KEYS) {
                page.getByTestId("facet-full").click();
            }
            var session = page.context().newCDPSession(page);
            var points = new ArrayList<Point>();
            long windows = MINUTES * 60L;
            long began = System.nanoTime();
            for (int point = 1; point <= POINTS; point++) {
                waitUntil(began + Duration.ofSeconds(1).toNanos() * windows * point / POINTS / WINDOWS_A_SECOND);
                points.add(new Point((double) windows * point / POINTS, heap(session)));
                System.out.printf(
                        "memory: %.2f MB after %.0f windows, frames p50, p95, max ms %s, service %d MB%n",
                        points.getLast().bytes() / 1e6,
                        points.getLast().windows(),
                        page.evaluate(FRAMES),
                        residentMegabytes(service.pid()));
            }
            var full = points.stream()
                    .filter(point -> point.windows() >= 2 * COLUMNS_KEPT)
                    .toList();
            assertThat(full)
                    .as("points after the page keeps all it ever does: take more MINUTES")
                    .hasSizeGreaterThanOrEqualTo(4);
            double gained = slope(full) * windows;
            System.out.printf("memory: %.2f MB gained in %d windows at that slope%n", gained / 1e6, windows);
            Browser.stop(page);
            browser.assertNoErrors();
            assertThat(gained).as("bytes gained").isLessThan(MOST_BYTES);
        }
    }

    private static void waitUntil(long end) {
        if (NEW_KEYS) {
            LockSupport.parkNanos(end - System.nanoTime());
        } else {
            callUntil(end);
        }
    }

    private static long residentMegabytes(int pid) {
        try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    / 1024;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Processes that come and go and have the same keys: what grows is not what there is to tell. */
    private static void callUntil(long end) {
        do {
            try (var driver = Driver.start("calls", "20000", "1")) {
                assertThat(driver.awaitEnd()).isZero();
            }
        } while (System.nanoTime() < end);
    }

    /** Bytes in use after everything that can go is gone. */
    private static double heap(CDPSession session) {
        session.send("HeapProfiler.collectGarbage");
        JsonObject usage = session.send("Runtime.getHeapUsage");
        return usage.get("usedSize").getAsDouble();
    }

    /** Of the straight line that is nearest to the points, in bytes a window. */
    private static double slope(Iterable<Point> points) {
        double n = 0;
        double x = 0;
        double y = 0;
        double xx = 0;
        double xy = 0;
        for (var point : points) {
            n++;
            x += point.windows();
            y += point.bytes();
            xx += point.windows() * point.windows();
            xy += point.windows() * point.bytes();
        }
        return (n * xy - x * y) / (n * xx - x * x);
    }
}
