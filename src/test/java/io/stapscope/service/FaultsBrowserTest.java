package io.stapscope.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.stapscope.tracer.Driver;
import io.vertx.core.json.JsonObject;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever happens between the browser and the service, the chart has every value in the end: its total and the sum of its
 * columns are what the driver did and what the store says. -Dstapscope.faults=CYCLES tries more,
 * -Dstapscope.faults.seconds=SECONDS makes them last longer (see make faults-live).
 */
@Timeout(3600)
class FaultsBrowserTest extends ServiceBehindLink {
    private static final int CYCLES = Integer.getInteger("stapscope.faults", 3);
    private static final int LONGEST_SECONDS = Integer.getInteger("stapscope.faults.seconds", 3);
    private static final long SEED = Long.getLong("stapscope.faults.seed", 1);
    private static final int PER_DRIVER = 20_000;
    private static final String SCRIPT = """
            global latency, sizes
            probe process("CALLS").syscall.return {
                if ($syscall == 110) {
                    latency[pid(), $syscall] <<< gettimeofday_ns() - @entry(gettimeofday_ns())
                    sizes[execname()] <<< 512
                }
            }
            """;

    private final Random random = new Random(SEED);

    private enum Fault {
        CUT,
        HELD,
        SLOW,
        ASLEEP
    }

    @Test
    void afterEachFaultTheChartHasEveryValue() {
        try (var page = browser.open(link.address() + "/")) {
            begin(page);
            long expected = 0;
            for (int cycle = 0; cycle < CYCLES; cycle++) {
                var fault = Fault.values()[(cycle + random.nextInt(2)) % Fault.values().length];
                begin(page, fault);
                Driver.makeCalls(PER_DRIVER);
                rest(random.nextInt(LONGEST_SECONDS * 1000));
                end(page, fault);
                Driver.makeCalls(PER_DRIVER);
                expected += 2 * PER_DRIVER;
                awaitEverywhere(page, expected, fault + " in cycle " + cycle);
            }
            assertStored(page, Browser.stop(page), expected);
        }
    }

    @Test
    void aRunThatEndsWhileThePageIsCutOffIsShownWithAllItsValues() {
        try (var page = browser.open(link.address() + "/")) {
            begin(page);
            Driver.makeCalls(PER_DRIVER);
            awaitEverywhere(page, PER_DRIVER, "before");
            link.cut();
            page.getByText("The connection is lost").first().waitFor();
            Driver.makeCalls(PER_DRIVER);
            browser.stopRuns();
            link.mend();
            var capture = page.getByTestId("capture-link");
            capture.waitFor();
            awaitEverywhere(page, 2 * PER_DRIVER, "after");
            assertStored(page, capture.getAttribute("href").replace("/captures/", ""), 2 * PER_DRIVER);
        }
    }

    @Test
    void aServiceThatIsStartedAnewAsksForALoginAndShowsWhatItStored() {
        try (var page = browser.open(link.address() + "/")) {
            begin(page);
            Driver.makeCalls(PER_DRIVER);
            awaitEverywhere(page, PER_DRIVER, "before");
            link.cut();
            service.close();
            service = startService();
            link.mend();
            page.getByText("log in again").first().waitFor();
            var login = page.context().newPage();
            login.navigate(service.loginLink().replace(service.address(), link.address()));
            login.getByTestId("run-button").waitFor();
            login.close();
            page.getByText("This is what was stored").first().waitFor();
            page.waitForFunction(
                    "total => Number(document.querySelector('[data-testid=heatmap]')?.dataset.sum) === total",
                    PER_DRIVER);
        } finally {
            browser.close();
            service.close();
            service = startService();
            browser = Browser.start(service);
        }
    }

    private static void begin(Page page) {
        Browser.run(page, Driver.ofCalls(SCRIPT));
        page.waitForFunction("() => document.querySelectorAll('[data-testid=heatmap]').length === 2");
    }

    private static void begin(Page page, Fault fault) {
        switch (fault) {
            case CUT -> link.cut();
            case HELD -> link.hold();
            case SLOW -> link.slowDown(400);
            case ASLEEP -> lifecycle(page, "frozen");
        }
    }

    private static void end(Page page, Fault fault) {
        if (fault == Fault.ASLEEP) {
            lifecycle(page, "active");
        }
        link.mend();
    }

    private static void lifecycle(Page page, String state) {
        var parameters = new com.google.gson.JsonObject();
        parameters.addProperty("state", state);
        var session = page.context().newCDPSession(page);
        session.send("Page.setWebLifecycleState", parameters);
        session.detach();
    }

    /** How long a fault lasts is chance, not something that could be waited for. */
    private static void rest(int millis) {
        LockSupport.parkNanos(millis * 1_000_000L);
    }

    /** Both charts have the total, and their columns add up to it. */
    private static void awaitEverywhere(Page page, long expected, String when) {
        try {
            page.waitForFunction(
                    "expected => [...document.querySelectorAll('[data-testid=heatmap]')].filter(map =>"
                            + " Number(map.dataset.total) === expected && (Number(map.dataset.sum) === expected"
                            // A long run has more columns than a page keeps.
                            + " || Number(map.dataset.columns) >= 300)).length === 2",
                    (double) expected,
                    new Page.WaitForFunctionOptions().setTimeout(60_000));
        } catch (com.microsoft.playwright.TimeoutError e) {
            var seen = page.evaluate(
                    "() => [...document.querySelectorAll('[data-testid=heatmap]')].map(map => ({...map.dataset}))");
            throw new AssertionError(
                    "after " + when + " (seed " + SEED + ") expected " + expected + ", saw " + seen, e);
        }
    }

    private static void assertStored(Page page, String id, long expected) {
        page.waitForCondition(() ->
                browser.get(page, "/api/v1/captures/" + id).getString("state").equals("stopped"));
        var totals = browser.get(page, "/api/v1/captures/" + id).getJsonArray("totals");
        assertThat(totals).hasSize(2).allSatisfy(total -> assertThat(((JsonObject) total).getLong("count"))
                .isEqualTo(expected));
    }
}
