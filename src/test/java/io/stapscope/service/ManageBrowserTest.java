package io.stapscope.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.stapscope.tracer.Driver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The pages that manage: what runs and is stopped there, rules that are made and find something, what is kept. */
@Timeout(180)
class ManageBrowserTest extends ServiceInBrowser {
    @Test
    void aRunOfAnotherWindowIsListedWatchedAndStopped() {
        try (var writing = browser.open("/");
                var page = browser.open("/runs")) {
            page.getByTestId("runs-none").waitFor();
            run(writing, "global n probe process(\"CALLS\").syscall { if ($syscall == 110) n[pid()]++ }");
            page.getByTestId("run-row").waitFor();
            Driver.makeCalls(5000);
            // The start and the end of the driver are calls of their own.
            page.waitForFunction("() => Number(document.querySelector('[data-testid=run-hits]')?.textContent"
                    + ".replace(/,/g, '')) >= 5000");
            Browser.picture(page, "runs");
            page.getByTestId("run-watch").click();
            Browser.await(page.getByTestId("total-count"), "5,000");
            page.navigate(service.address() + "/runs");
            page.getByTestId("run-stop").click();
            page.getByTestId("runs-none").waitFor();
            writing.getByTestId("capture-link").waitFor();
        }
    }

    @Test
    void aRuleIsMadeFindsSomethingRestsAndIsRemovedAndUndone() {
        try (var writing = browser.open("/");
                var page = browser.open("/alerts")) {
            page.getByTestId("rules-none").waitFor();
            run(writing, "global ticks probe timer.ms(10) { ticks <<< 1 }");
            var name = browser.get(writing, "/api/v1/runs")
                    .getJsonArray("runs")
                    .getJsonObject(0)
                    .getString("name");
            page.getByTestId("rule-name").fill("too many ticks");
            page.getByTestId("rule-capture").fill(name);
            page.getByTestId("rule-aggregate").fill("ticks");
            page.getByTestId("rule-measure").selectOption("rate");
            page.getByTestId("rule-threshold").fill("10");
            page.getByTestId("rule-seconds").fill("5");
            page.getByTestId("rule-add").click();
            page.getByTestId("rule").waitFor();
            page.getByTestId("alert").waitFor();
            assertThat(page.getByTestId("alert").first().textContent()).contains("too many ticks", "ticks per second");
            Browser.picture(page, "alerts");
            page.getByTestId("rule").locator("input").uncheck();
            page.waitForCondition(() -> !browser.get(page, "/api/v1/alerts/rules")
                    .getJsonArray("rules")
                    .getJsonObject(0)
                    .getBoolean("enabled"));
            page.getByTestId("rule").locator("button").click();
            page.getByTestId("rules-none").waitFor();
            page.getByText("Undo").click();
            page.getByTestId("rule").waitFor();
            Browser.stop(writing);
        }
    }

    @Test
    void aRuleThatCannotBeIsRefusedInWords() {
        try (var page = browser.open("/alerts")) {
            page.getByTestId("rule-name").fill("told elsewhere");
            page.getByTestId("rule-capture").fill("any");
            page.getByTestId("rule-aggregate").fill("n");
            page.getByTestId("rule-threshold").fill("1");
            page.getByTestId("rule-webhook").fill("http://127.0.0.1:1/");
            page.getByTestId("rule-add").click();
            Browser.await(page.locator("[role=alert]"), "127.0.0.1");
            browser.expectRefusal(400);
        }
    }

    @Test
    void whatIsKeptIsShownAndChanged() {
        try (var page = browser.open("/settings")) {
            page.getByTestId("retention-usage").waitFor();
            page.getByTestId("retention-secondDays").fill("2");
            page.getByTestId("retention-save").click();
            page.getByText("Saved.").waitFor();
            assertThat(browser.get(page, "/api/v1/retention").getJsonArray("policies").stream()
                            .map(policy -> ((io.vertx.core.json.JsonObject) policy).getInteger("secondDays")))
                    .contains(2);
            Browser.picture(page, "settings");
            page.getByTestId("retention-minuteDays").fill("1");
            page.getByTestId("retention-save").click();
            Browser.await(page.locator("[role=alert]"), "secondDays <= minuteDays");
            browser.expectRefusal(400);
        }
    }

    private static void run(Page page, String script) {
        Browser.run(page, Driver.ofCalls(script));
    }
}
