package io.stapscope.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.stapscope.tracer.Driver;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * From a system call to the frame that shows it. The driver reads the kernel's clock just before each call, the page its own
 * when the frame after the one that drew it begins; both follow the same clock of one machine. The test says that each call is seen, after
 * it happened; how fast is for a quiet machine: make bench-latency, which sets -Dstapscope.latency.calls and
 * -Dstapscope.latency.limit=MILLIS.
 */
@Timeout(600)
class EventToPixelBrowserTest {
    private static final int CALLS = Integer.getInteger("stapscope.latency.calls", 40);
    private static final int LIMIT_MILLIS = Integer.getInteger("stapscope.latency.limit", 0);
    private static final int REST_MILLIS = 23;
    private static final int WINDOW_MILLIS = 100;
    private static final String SCRIPT =
            "global size probe process(\"BEATS\").syscall { if ($syscall == 110) size[pid()] <<< 1000 }";
    private static final String WATCH = """
            () => {
                window.seen = [];
                const map = document.querySelector("[data-testid=heatmap]");
                new MutationObserver(() => {
                    const total = Number(map.dataset.painted);
                    requestAnimationFrame(() =>
                        window.seen.push([total, performance.timeOrigin + performance.now()]));
                }).observe(map, { attributes: true, attributeFilter: ["data-painted"] });
            }
            """;

    @Test
    void eachCallIsSeenAfterItHappened() {
        Browser.executable();
        try (var service = RunningService.start(RunningService.newStateDirectory());
                var browser = Browser.start(service);
                var driver = Driver.start("beats", String.valueOf(CALLS), String.valueOf(REST_MILLIS))) {
            assertThat(driver.line()).isEqualTo("ready");
            var page = browser.open("/captures");
            start(page, service);
            page.navigate(service.address() + "/");
            page.getByTestId("heatmap").waitFor();
            page.evaluate(WATCH);
            driver.proceed();
            var calls = new ArrayList<Double>();
            for (int i = 0; i < CALLS; i++) {
                calls.add(Long.parseLong(driver.line()) / 1000.0);
            }
            page.waitForFunction("calls => window.seen.at(-1)?.[0] === calls", CALLS);
            @SuppressWarnings("unchecked")
            var frames = (List<List<Number>>) page.evaluate("() => window.seen");
            report(latencies(calls, frames));
        }
    }

    private static void start(Page page, RunningService service) {
        var request = new JsonObject()
                .put("script", SCRIPT.replace("BEATS", Driver.program("beats").toString()))
                .put("intervalMillis", WINDOW_MILLIS);
        var status = page.evaluate(
                "body => fetch('/api/v1/runs', { method: 'POST', body, headers: { 'Content-Type': 'application/json',"
                        + " 'X-Requested-By': 'stapscope' } }).then(answer => answer.status)",
                request.encode());
        assertThat(status).isEqualTo(201);
        page.waitForCondition(() -> service.address() != null
                && page.evaluate("() => fetch('/api/v1/runs').then(answer => answer.json())"
                                + ".then(({ runs }) => runs.some(run => run.state === 'running'))")
                        .equals(true));
    }

    /** Milliseconds from call number i to the first frame that shows i calls or more. */
    private static List<Double> latencies(List<Double> calls, List<List<Number>> frames) {
        var latencies = new ArrayList<Double>();
        for (int i = 0; i < calls.size(); i++) {
            long number = i + 1;
            double seen = frames.stream()
                    .filter(frame -> frame.getFirst().longValue() >= number)
                    .mapToDouble(frame -> frame.getLast().doubleValue())
                    .findFirst()
                    .orElseThrow();
            latencies.add(seen - calls.get(i));
        }
        return latencies;
    }

    private static void report(List<Double> latencies) {
        var sorted = latencies.stream().sorted().toList();
        System.out.printf(
                Locale.ROOT,
                "event to pixel, %d calls, windows of %d ms: p50 %.0f ms, p95 %.0f ms, p99 %.0f ms, max %.0f ms%n",
                sorted.size(),
                WINDOW_MILLIS,
                at(sorted, 0.5),
                at(sorted, 0.95),
                at(sorted, 0.99),
                sorted.getLast());
        // The two clocks are read in different processes: a millisecond is their rounding.
        assertThat(sorted.getFirst()).isGreaterThan(-1);
        if (LIMIT_MILLIS > 0) {
            assertThat(at(sorted, 0.99)).as("p99").isLessThanOrEqualTo(LIMIT_MILLIS);
        }
    }

    private static double at(List<Double> sorted, double part) {
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(sorted.size() * part)));
    }
}
