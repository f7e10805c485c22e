package io.stapscope.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.KeyboardModifier;
import io.stapscope.tracer.Driver;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What can be done with a live chart, on the live kernel: each number is what the drivers did. */
@Timeout(240)
class LiveChartBrowserTest extends ServiceInBrowser {
    private static final int MANY = 30_000;
    private static final int FEW = 20_000;
    private static final String SCRIPT = """
            global size
            probe process("CALLS").syscall { if ($syscall == 110) size[pid(), $syscall] <<< 1000 }
            """;

    @Test
    void seriesAreIsolatedLeftOutAndColouredWithExactSums() {
        try (var page = watched()) {
            page.getByTestId("facet-pid").click();
            var rows = page.getByTestId("top-table").locator("tbody tr");
            page.waitForCondition(() -> rows.count() == 2);
            var greatest = rows.first().locator("button.row");
            assertThat(rows.first().textContent()).contains("30,000");

            greatest.click();
            awaitTotal(page, MANY);
            greatest.click();
            awaitTotal(page, MANY + FEW);
            greatest.click(new Locator.ClickOptions().setModifiers(List.of(KeyboardModifier.ALT)));
            awaitTotal(page, FEW);
            page.keyboard().press("Escape");
            awaitTotal(page, MANY + FEW);
            greatest.click(new Locator.ClickOptions().setModifiers(List.of(KeyboardModifier.CONTROL)));
            assertThat(page.getByTestId("choice").locator("button").count()).isEqualTo(1);
            awaitTotal(page, MANY + FEW);
            greatest.press("x");
            awaitTotal(page, FEW);

            page.getByTestId("multiples-toggle").click();
            page.waitForCondition(
                    () -> page.getByTestId("multiples").locator("canvas").count() == 2);
        }
    }

    @Test
    void aBoxIsExplainedAgainstTheRest() {
        try (var page = watched()) {
            var box = page.getByTestId("heatmap").boundingBox();
            page.mouse().move(box.x + 70, box.y + 12);
            page.mouse().down();
            page.mouse().move(box.x + box.width - 14, box.y + box.height - 26);
            page.mouse().up();
            Browser.await(page.getByTestId("selection"), "50,000");
            Browser.await(page.getByTestId("explain"), "50,000 values against 0 others");
            var tables = page.getByTestId("explain").locator("table");
            assertThat(tables.allTextContents()).anyMatch(text -> text.contains("60 %") && text.contains("40 %"));
            page.keyboard().press("Escape");
            page.getByTestId("selection").waitFor(detached());
        }
    }

    @Test
    void aPausedChartRestsWhileCollectingGoesOn() {
        try (var page = watched()) {
            page.locator("body").press(" ");
            page.getByText("Painting is paused").waitFor();
            Driver.makeCalls(FEW);
            var id = browser.get(page, "/api/v1/runs")
                    .getJsonArray("runs")
                    .getJsonObject(0)
                    .getString("id");
            page.waitForCondition(() -> browser.get(page, "/api/v1/runs/" + id)
                            .getJsonObject("losses")
                            .getLong("hits")
                    >= MANY + 2 * FEW);
            assertThat(page.getByTestId("heatmap").getAttribute("data-total")).isEqualTo(String.valueOf(MANY + FEW));
            page.keyboard().press("End");
            awaitTotal(page, MANY + 2 * FEW);
        }
    }

    @Test
    void timeIsZoomedByWheelAndKeysAndFollowsAgain() {
        try (var page = watched()) {
            var map = page.getByTestId("heatmap");
            var box = map.boundingBox();
            page.mouse().move(box.x + box.width / 3, box.y + box.height / 2);
            page.mouse().wheel(0, -100);
            page.getByTestId("follow").click();
            page.getByTestId("follow").waitFor(detached());
            page.getByTestId("zoom-reset").click();
            page.getByTestId("zoom-reset").waitFor(detached());
            map.focus();
            page.keyboard().press("ArrowLeft");
            page.keyboard().press("+");
            page.getByTestId("zoom-reset").waitFor();
            page.keyboard().press("0");
            page.getByTestId("zoom-reset").waitFor(detached());
        }
    }

    @Test
    void theTableTwinAndTheTextOfTheHistogramSayTheSame() {
        try (var page = watched()) {
            page.getByTestId("histogram-text").click();
            assertThat(page.getByTestId("histogram-as-text").textContent())
                    .containsPattern("512 \\|@{50} +50000\n")
                    .doesNotContain(" 1024 |@");
            page.keyboard().press("Escape");
            page.getByTestId("as-table").click();
            var counts = page.getByTestId("table-twin")
                    .locator("table")
                    .first()
                    .locator("tbody tr td:nth-child(2)")
                    .allTextContents();
            assertThat(counts.stream()
                            .filter(text -> text.matches("[\\d,]+"))
                            .mapToLong(text -> Long.parseLong(text.replace(",", "")))
                            .sum())
                    .isEqualTo(MANY + FEW);
            assertThat(page.getByTestId("table-twin").locator("table").last().textContent())
                    .contains("50,000")
                    .contains("100.00 %");
        }
    }

    @Test
    void coloursAreReadInFourWaysAndClamped() {
        try (var page = watched()) {
            for (var scale : List.of("linear", "share", "rank", "log")) {
                page.getByTestId("scale").selectOption(scale);
                assertThat(page.getByTestId("scale").inputValue()).isEqualTo(scale);
            }
            var high = page.getByTestId("clamp-high");
            var before = high.getAttribute("aria-valuenow");
            high.press("ArrowLeft");
            page.waitForCondition(() -> !before.equals(high.getAttribute("aria-valuenow")));
            page.getByText("Release clamp").click();
            page.waitForCondition(() -> before.equals(high.getAttribute("aria-valuenow")));
        }
    }

    @Test
    void pagesAndActionsAreFoundByLetters() {
        try (var page = browser.open("/")) {
            page.getByTestId("run-button").waitFor();
            page.keyboard().press("Control+k");
            page.getByTestId("palette").fill("capt");
            page.keyboard().press("Enter");
            page.waitForURL("**/captures");
            page.keyboard().press("Control+k");
            page.getByTestId("palette").fill("light");
            page.keyboard().press("Enter");
            page.locator("html[data-theme=light]").waitFor();
            page.getByTestId("palette").waitFor(Browser.HIDDEN);
            page.keyboard().press("?");
            page.getByText("Pause painting").waitFor();
        }
    }

    /** A run that has counted two processes, in two columns or more. */
    private static Page watched() {
        var page = browser.open("/");
        Browser.run(page, Driver.ofCalls(SCRIPT));
        Driver.makeCalls(MANY);
        Driver.makeCalls(FEW);
        awaitTotal(page, MANY + FEW);
        return page;
    }

    private static void awaitTotal(Page page, long total) {
        page.waitForFunction(
                "total => document.querySelector('[data-testid=heatmap]')?.dataset.painted === total"
                        + " && document.querySelector('[data-testid=heatmap]').dataset.sum === total",
                String.valueOf(total));
    }

    private static Locator.WaitForOptions detached() {
        return new Locator.WaitForOptions().setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED);
    }
}
