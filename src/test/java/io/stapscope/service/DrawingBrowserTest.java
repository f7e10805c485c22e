package io.stapscope.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The page that measures how fast heat maps are drawn, and what it keeps in memory. The test says that all cells are drawn,
 * that what is moved from frame to frame is what a full redraw shows, and that memory does not grow; how fast is a question for a quiet machine: make bench-charts sets
 * -Dstapscope.drawing.frames, -Dstapscope.drawing.rounds and -Dstapscope.drawing.budgets=true.
 */
@Timeout(1800)
class DrawingBrowserTest {
    private static final int FRAMES = Integer.getInteger("stapscope.drawing.frames", 5);
    private static final int ROUNDS = Integer.getInteger("stapscope.drawing.rounds", 2);
    private static final boolean BUDGETS = Boolean.getBoolean("stapscope.drawing.budgets");
    private static final Map<String, Integer> CELLS = Map.of("scene-four", 4 * 600 * 128, "scene-large", 1200 * 250);
    private static final Map<String, Double> BUDGET_MILLIS = Map.of("scene-four", 8.0, "scene-large", 12.0);
    private static final double SLACK_BYTES = 8e6;

    @Test
    void allCellsAreDrawnAndMemoryStaysFlat() {
        Browser.executable();
        try (var service = RunningService.start(RunningService.newStateDirectory());
                var browser = Browser.start(service);
                var page = browser.open("/drawing?frames=" + FRAMES)) {
            awaitDrawn(page);
            CELLS.forEach((scene, cells) -> assertScene(page, scene, cells));
            var session = page.context().newCDPSession(page);
            double before = heap(session);
            for (int round = 1; round < ROUNDS; round++) {
                page.locator("[data-testid=drawing] button").click();
                awaitDrawn(page);
            }
            double after = heap(session);
            System.out.printf(
                    "memory: %.1f MB after %d frames, %.1f MB after %d%n",
                    before / 1e6, FRAMES, after / 1e6, FRAMES * ROUNDS);
            assertThat(after).isLessThan(before + SLACK_BYTES);
            browser.assertNoErrors();
        }
    }

    private static void awaitDrawn(Page page) {
        page.waitForFunction(
                "() => document.querySelector('[data-testid=drawing]')?.dataset.done === 'true'",
                null,
                new Page.WaitForFunctionOptions().setTimeout(600_000));
    }

    private static void assertScene(Page page, String scene, int cells) {
        var row = page.getByTestId(scene);
        double p95 = Double.parseDouble(row.getAttribute("data-p95"));
        System.out.printf(
                "%s: %d cells, median %.2f ms, p95 %.2f ms of %.0f ms%n",
                scene, cells, Double.parseDouble(row.getAttribute("data-median")), p95, BUDGET_MILLIS.get(scene));
        assertThat(row.getAttribute("data-cells")).isEqualTo(String.valueOf(cells));
        assertThat(Long.parseLong(row.getAttribute("data-filled"))).isGreaterThan(cells / 3);
        assertThat(row.getAttribute("data-different"))
                .as("pixels of %s that a painter without a past draws differently", scene)
                .isEqualTo("0");
        if (BUDGETS) {
            assertThat(p95).as(scene + ", p95 in ms").isLessThanOrEqualTo(BUDGET_MILLIS.get(scene));
        }
    }

    /** Bytes in use after everything that can go is gone. */
    private static double heap(CDPSession session) {
        session.send("HeapProfiler.collectGarbage");
        JsonObject usage = session.send("Runtime.getHeapUsage");
        return usage.get("usedSize").getAsDouble();
    }
}
