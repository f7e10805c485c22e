package io.stapscope.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;
import io.stapscope.api.table.ParquetTable;
import io.stapscope.tracer.Driver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What can be done with stored captures in the page; each number is what the driver did. */
@Timeout(180)
class HistoryBrowserTest extends ServiceInBrowser {
    private static final int CALLS = 20_000;
    private static final String SCRIPT = """
            global lat
            probe process("CALLS").syscall.return {
                if ($syscall == 110) lat[pid()] <<< gettimeofday_ns() - @entry(gettimeofday_ns())
            }
            """;

    @Test
    void aRangeIsALinkThatShowsTheSameToSomebodyElse() {
        try (var page = browser.open("/")) {
            var id = capture(page);
            var whole = browser.get(page, "/api/v1/captures/" + id);
            long from = whole.getLong("startedAt") / 1000 * 1000;
            var address = "/captures/" + id + "?from=" + from + "&to=" + (from + 60_000);
            try (var other = browser.open(address)) {
                Browser.awaitHeatmap(other, CALLS, 1);
                assertThat(Browser.number(other.getByTestId("total-count"))).isEqualTo(CALLS);
                other.getByTestId("range-reset").click();
                other.waitForCondition(() -> other.url().endsWith("/captures/" + id));
            }
        }
    }

    @Test
    void aNoteIsWrittenByKeyShownToOthersAndRemoved() {
        try (var page = browser.open("/")) {
            var id = capture(page);
            page.navigate(service.address() + "/captures/" + id);
            Browser.awaitHeatmap(page, CALLS, 1);
            page.keyboard().press("a");
            page.keyboard().type("after the index was dropped");
            page.keyboard().press("Enter");
            page.getByTestId("note").waitFor();
            page.reload();
            Browser.await(page.getByTestId("note"), "after the index was dropped");
            page.getByTestId("note").locator("button").click();
            page.waitForCondition(() -> page.getByTestId("note").count() == 0);
        }
    }

    @Test
    void twoCapturesAreComparedWithTheirCounts() {
        try (var page = browser.open("/")) {
            var a = capture(page);
            var b = capture(page);
            page.navigate(service.address() + "/captures/" + a);
            Browser.awaitHeatmap(page, CALLS, 1);
            page.keyboard().press("c");
            page.waitForCondition(() -> page.url().contains("/compare?a=" + a));
            page.navigate(service.address() + "/compare?a=" + a + "&b=" + b);
            page.getByTestId("compare-heatmaps").waitFor();
            page.waitForCondition(() -> page.locator("main").textContent().split("20,000", -1).length > 2);
            Browser.picture(page, "compare");
        }
    }

    @Test
    void aBundleIsTakenAwayAndComesInAgainWithTheSameTotal(@TempDir Path folder) throws IOException {
        try (var page = browser.open("/")) {
            var id = capture(page);
            page.navigate(service.address() + "/captures/" + id);
            Browser.awaitHeatmap(page, CALLS, 1);
            var file = folder.resolve("capture.zip");
            var download = page.waitForDownload(() -> {
                page.getByTestId("export-menu").click();
                page.locator("[role=menuitem]").last().click();
            });
            download.saveAs(file);
            assertThat(Files.size(file)).isPositive();
            page.navigate(service.address() + "/captures");
            var row = page.locator("[data-testid=capture-row][data-id='" + id + "']");
            row.waitFor();
            page.getByTestId("captures-import").setInputFiles(file);
            Browser.await(page.locator("[role=alert]"), "is here already");
            browser.expectRefusal(409);
            delete(page, id);
            page.getByTestId("captures-import").setInputFiles(file);
            page.waitForCondition(() -> page.url().contains("/captures/"));
            Browser.awaitHeatmap(page, CALLS, 1);
            assertThat(Browser.number(page.getByTestId("total-count"))).isEqualTo(CALLS);
            page.locator("[data-testid=verdict][data-complete=true]").waitFor();
        }
    }

    /** The packaged product holds what writing Parquet needs. */
    @Test
    void tablesAreTakenAwayInEveryFormat(@TempDir Path folder) throws IOException {
        try (var page = browser.open("/")) {
            var id = capture(page);
            page.navigate(service.address() + "/captures/" + id);
            Browser.awaitHeatmap(page, CALLS, 1);
            page.getByTestId("export-menu").click();
            Browser.picture(page, "export-menu");
            page.keyboard().press("Escape");

            var buckets = ParquetTable.read(Files.readAllBytes(exported(page, folder, "buckets", "parquet")));
            var lines = Files.readAllLines(exported(page, folder, "buckets", "csv"));

            assertThat(buckets.column("count").stream()
                            .mapToLong(count -> (Long) count)
                            .sum())
                    .isEqualTo(CALLS);
            assertThat(lines).hasSize(buckets.rows().size() + 1);
            for (int i = 1; i < lines.size(); i++) {
                assertThat(String.join(
                                ",",
                                buckets.rows().get(i - 1).values().stream()
                                        .map(String::valueOf)
                                        .toList()))
                        .isEqualTo(lines.get(i));
            }
        }
    }

    private static Path exported(Page page, Path folder, String what, String format) {
        var file = folder.resolve(what + "." + format);
        page.waitForDownload(() -> {
                    page.getByTestId("export-menu").click();
                    page.locator("[role=menuitem][href*='what=" + what + "'][href$='format=" + format + "']")
                            .first()
                            .click();
                })
                .saveAs(file);
        return file;
    }

    @Test
    void aDeletedCaptureComesBackWhenThatIsUndone() {
        try (var page = browser.open("/")) {
            var id = capture(page);
            page.navigate(service.address() + "/captures");
            var row = page.locator("[data-testid=capture-row][data-id='" + id + "']");
            row.locator("button.danger").click();
            page.waitForCondition(() -> row.count() == 0);
            page.getByText("Undo").click();
            row.waitFor();
        }
    }

    private static void delete(Page page, String id) {
        var answer = page.context()
                .request()
                .delete(
                        service.address() + "/api/v1/captures/" + id,
                        RequestOptions.create().setHeader("X-Requested-By", "stapscope"));
        assertThat(answer.status()).isEqualTo(204);
    }

    /** Records one and gives its id. */
    private static String capture(Page page) {
        page.navigate(service.address() + "/");
        Browser.run(page, Driver.ofCalls(SCRIPT));
        Driver.makeCalls(CALLS);
        Browser.awaitHeatmap(page, CALLS, 1);
        var id = Browser.stop(page);
        page.waitForCondition(() -> List.of("stopped", "failed")
                .contains(browser.get(page, "/api/v1/captures/" + id).getString("state")));
        return id;
    }
}
