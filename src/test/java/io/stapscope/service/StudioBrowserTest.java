package io.stapscope.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.stapscope.tracer.Driver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A newcomer's way through the page, on the live kernel, with drivers that know the truth. */
@Timeout(180)
class StudioBrowserTest extends ServiceInBrowser {
    private static final int PER_DRIVER = 500_000;
    private static final String LATENCY = """
            global lat
            probe process("CALLS").syscall.return {
                if ($syscall == 110) lat[pid(), $syscall] <<< gettimeofday_ns() - @entry(gettimeofday_ns())
            }
            """;

    @Test
    void aScriptIsRunWatchedStoppedAndReadFromHistoryWithTheSameTotal() {
        try (var page = browser.open("/")) {
            Browser.paste(page, Driver.ofCalls(LATENCY));
            page.getByTestId("run-button").click();
            page.getByTestId("stop-button").waitFor();
            awaitAttached(page);
            for (int i = 1; i <= 4; i++) {
                Driver.makeCalls(PER_DRIVER);
                Browser.awaitHeatmap(page, (long) i * PER_DRIVER, i);
            }
            assertThat(Browser.columns(page)).isGreaterThanOrEqualTo(3);
            assertThat(page.getByTestId("top-table").first().textContent()).contains("getppid");
            var id = Browser.stop(page);
            assertThat(Browser.number(page.getByTestId("total-count"))).isEqualTo(4 * PER_DRIVER);
            assertThat(page.getByTestId("strip-lost").textContent()).isEqualTo("0");

            page.getByTestId("capture-link").click();
            page.getByTestId("heatmap").waitFor();
            assertThat(page.url()).endsWith("/captures/" + id);
            Browser.awaitHeatmap(page, 4 * PER_DRIVER, 3);
            assertThat(page.getByTestId("capture-total").getAttribute("data-total"))
                    .isEqualTo(String.valueOf(4 * PER_DRIVER));
            assertThat(Browser.number(page.getByTestId("total-count"))).isEqualTo(4 * PER_DRIVER);
            assertThat(storedTotal(page, id)).isEqualTo(4 * PER_DRIVER);
        }
    }

    @Test
    void aReloadInMidRunLosesNothing() {
        try (var page = browser.open("/")) {
            Browser.paste(page, Driver.ofCalls(LATENCY));
            page.getByTestId("editor").click();
            page.keyboard().press("Control+Enter");
            awaitAttached(page);
            Driver.makeCalls(PER_DRIVER);
            Browser.awaitHeatmap(page, PER_DRIVER, 1);
            Driver.makeCalls(PER_DRIVER);
            Browser.awaitHeatmap(page, 2L * PER_DRIVER, 3);
            int before = Browser.columns(page);
            page.reload();
            Driver.makeCalls(PER_DRIVER);
            Browser.awaitHeatmap(page, 3L * PER_DRIVER, before + 1);
            var id = Browser.stop(page);
            assertThat(Browser.number(page.getByTestId("total-count"))).isEqualTo(3 * PER_DRIVER);
            assertThat(storedTotal(page, id)).isEqualTo(3 * PER_DRIVER);
        }
    }

    @Test
    void aTypedScriptIsCounted() {
        try (var page = browser.open("/");
                var driver = Driver.start("calls", "1000", "1", "hold")) {
            driver.line();
            page.getByTestId("editor").click();
            page.keyboard().press("Control+A");
            page.keyboard()
                    .type(Driver.ofCalls(
                            "global n probe process(\"CALLS\").syscall { if ($syscall == 110) n[pid()] <<< 1 }"));
            page.getByTestId("target-kind").selectOption("pid");
            page.getByTestId("target-pid").click();
            page.keyboard().type(String.valueOf(driver.pid()));
            page.keyboard().press("Enter");
            page.getByTestId("run-button").click();
            awaitAttached(page);
            driver.proceed();
            assertThat(driver.awaitEnd()).isZero();
            Browser.await(page.getByTestId("total-count"), "1,000");
            assertThat(storedTotal(page, Browser.stop(page))).isEqualTo(1000);
        }
    }

    @Test
    void aWrongScriptIsUnderlinedExplainedAndNotRun() {
        try (var page = browser.open("/")) {
            Browser.paste(page, "global lat\nprobe process(\"ls\").syscall {\n    lat[pid()] <<< $syscal\n}\n");
            page.locator(".cm-lintRange-error").first().waitFor();
            page.getByTestId("run-button").click();
            var problems = page.getByTestId("problems");
            problems.waitFor();
            assertThat(problems.textContent()).containsPattern("E\\d{4}").contains("$syscal");
            assertThat(page.getByTestId("stop-button").count()).isZero();
            assertThat(browser.get(page, "/api/v1/runs").getJsonArray("runs").stream()
                            .map(run -> ((io.vertx.core.json.JsonObject) run).getString("state")))
                    .doesNotContain("running", "starting");
        }
    }

    @Test
    void aRunThatCannotStartSaysWhy() {
        try (var page = browser.open("/")) {
            Browser.paste(page, "global n probe process.syscall { n[pid()] <<< 1 }");
            page.getByTestId("target-kind").selectOption("pid");
            page.getByTestId("target-pid").click();
            page.keyboard().type("4194303");
            page.keyboard().press("Enter");
            page.getByTestId("run-button").click();
            Browser.await(page.getByTestId("problems"), "4194303");
            assertThat(page.getByTestId("stop-button").count()).isZero();
            browser.expectRefusal(422);
        }
    }

    @Test
    void theLanguageAndTheThemeCanBeChanged() {
        try (var page = browser.open("/")) {
            page.getByTestId("run-button").waitFor();
            page.getByTestId("language").click();
            Browser.await(page.getByTestId("run-button"), "运行");
            assertThat(page.locator("nav").textContent()).contains("工作台", "采集记录", "环境检查");
            assertThat(page.locator("html").getAttribute("lang")).isEqualTo("zh-Hans");
            page.getByTestId("editor").click();
            page.keyboard().press("Control+F");
            Browser.await(page.locator(".cm-search"), "区分大小写");
            page.getByTestId("theme").click();
            page.locator("html[data-theme=light]").waitFor();
            page.reload();
            page.locator("html[data-theme=light][lang=zh-Hans]").waitFor();
            page.getByTestId("language").click();
            Browser.await(page.getByTestId("run-button"), "Run");
        }
    }

    @Test
    void aUsedLoginLinkIsRefusedInWords() {
        try (var page = browser.openAsStranger(service.loginLink())) {
            page.locator("[data-testid=login-status][data-status=refused]").waitFor();
            assertThat(page.url()).endsWith("/login");
            browser.expectRefusal(401);
        }
    }

    @Test
    void aCaptureIsFoundByTheTextOfItsScript() {
        try (var page = browser.open("/")) {
            Browser.paste(page, "global zebra\nprobe timer.ms(100) { zebra <<< 1 }\n");
            page.getByTestId("run-button").click();
            Browser.awaitHeatmap(page, 1, 1);
            var id = Browser.stop(page);
            page.navigate(service.address() + "/captures");
            page.getByTestId("captures-search").fill("zebra");
            page.locator("[data-testid=capture-row][data-id='" + id + "']").waitFor();
            page.waitForFunction("() => document.querySelectorAll('[data-testid=capture-row]').length === 1");
            page.getByTestId("captures-search").fill("no capture says this");
            page.waitForFunction("() => document.querySelectorAll('[data-testid=capture-row]').length === 0");
        }
    }

    private static void awaitAttached(Page page) {
        page.locator(".badge.on").first().waitFor();
        page.waitForCondition(() -> browser.get(page, "/api/v1/runs").getJsonArray("runs").stream()
                .anyMatch(run ->
                        ((io.vertx.core.json.JsonObject) run).getString("state").equals("running")));
    }

    private static long storedTotal(Page page, String id) {
        page.waitForCondition(() ->
                browser.get(page, "/api/v1/captures/" + id).getString("state").equals("stopped"));
        return browser.get(page, "/api/v1/captures/" + id)
                .getJsonArray("totals")
                .getJsonObject(0)
                .getLong("count");
    }
}
