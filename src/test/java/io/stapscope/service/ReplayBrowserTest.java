package io.stapscope.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bundled recordings in the live page: with their exact sums, never taken for something that happens now. */
@Timeout(300)
class ReplayBrowserTest extends ServiceInBrowser {
    @Test
    void everyRecordingEndsWithItsSumsOnThePageAndIsNotStored() {
        try (var page = browser.open("/gallery")) {
            var recordings = browser.get(page, "/api/v1/replays").getJsonArray("replays");
            assertThat(recordings.size()).isEqualTo(5);
            for (int i = 0; i < recordings.size(); i++) {
                var recording = recordings.getJsonObject(i);
                page.navigate(service.address() + "/gallery");
                page.locator("[data-replay=" + recording.getString("name") + "]")
                        .click();
                assertThat(page.getByTestId("replay-badge").textContent()).isEqualTo("Replay");
                assertThat(page.locator(".badge.on").count()).as("says live").isZero();
                page.getByTestId("replay-speed").selectOption("60");
                page.getByTestId("replay-again").waitFor();
                assertThat(shown(page)).as(recording.getString("name")).isEqualTo(total(recording));
                assertThat(page.getByTestId("capture-link").count()).isZero();
            }
            assertThat(browser.get(page, "/api/v1/captures").getLong("total")).isZero();
            assertThat(browser.get(page, "/api/v1/runs").getJsonArray("runs").isEmpty())
                    .isTrue();
        }
    }

    @Test
    void itStandsStillGoesOnAndBeginsElsewhere() {
        try (var page = browser.open("/")) {
            page.locator("[data-replay=system-calls]").click();
            Browser.awaitHeatmap(page, 1, 2);
            page.getByTestId("replay-pause").click();
            awaitButton(page, "Go on");
            int columns = Browser.columns(page);
            // What plays while the answer is on its way is one column at most.
            assertThat(columns).isBetween(2, 20);
            page.getByTestId("replay-position").fill("30000");
            Browser.awaitHeatmap(page, 1, 29);
            page.getByTestId("replay-speed").selectOption("60");
            page.getByTestId("replay-again").waitFor();
            assertThat(shown(page)).isEqualTo(total(recording(page, "system-calls")));
            page.getByTestId("replay-again").click();
            page.getByTestId("replay-pause").waitFor();
            assertThat(page.getByTestId("replay-speed").inputValue()).isEqualTo("60");
        }
    }

    @Test
    void itPlaysOnAfterAReloadAndObeysTheSpaceBar() {
        try (var page = browser.open("/")) {
            page.locator("[data-replay=off-cpu]").click();
            Browser.awaitHeatmap(page, 1, 2);
            page.keyboard().press("Space");
            awaitButton(page, "Go on");
            int columns = Browser.columns(page);
            page.reload();
            awaitButton(page, "Go on");
            Browser.awaitHeatmap(page, 1, columns);
            page.keyboard().press("Space");
            awaitButton(page, "Pause");
            page.getByTestId("replay-speed").selectOption("60");
            page.getByTestId("replay-again").waitFor();
            assertThat(shown(page)).isEqualTo(total(recording(page, "off-cpu")));
        }
    }

    private static void awaitButton(Page page, String name) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name))
                .waitFor();
    }

    @Test
    void whereNothingCanBeTracedRunIsReplay() {
        try (var page = browser.open("/docs")) {
            page.route("**/api/v1/session", ReplayBrowserTest::withoutPrivileges);
            page.navigate(service.address() + "/");
            var replay = page.getByTestId("replay-button");
            replay.waitFor();
            assertThat(page.getByTestId("run-button").count()).isZero();
            replay.click();
            page.getByTestId("replay-badge").waitFor();
            Browser.awaitHeatmap(page, 1, 1);
        }
    }

    private static void withoutPrivileges(Route route) {
        var session =
                new JsonObject(route.fetch().text()).put("canTrace", false).put("reason", "no CAP_BPF");
        route.fulfill(
                new Route.FulfillOptions().setContentType("application/json").setBody(session.encode()));
    }

    private static JsonObject recording(Page page, String name) {
        return browser.get(page, "/api/v1/replays").getJsonArray("replays").stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static long total(JsonObject recording) {
        var totals = recording.getJsonArray("totals");
        long sum = 0;
        for (int i = 0; i < totals.size(); i++) {
            sum += totals.getJsonObject(i).getLong("count");
        }
        return sum;
    }

    /** What all charts say together: the total that each draws. */
    private static long shown(Page page) {
        var sum = page.evaluate("() => [...document.querySelectorAll('[data-agg] [data-total]')]"
                + ".reduce((sum, chart) => sum + Number(chart.dataset.total), 0)");
        return ((Number) sum).longValue();
    }
}
