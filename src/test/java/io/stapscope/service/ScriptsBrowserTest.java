package io.stapscope.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where scripts come from and how they are kept: tabs, arguments, revisions, links, the gallery, probes, the docs. */
@Timeout(180)
class ScriptsBrowserTest extends ServiceInBrowser {
    private static final String WITH_ARGUMENTS = """
            // $1: milliseconds between lines
            // @2: what to say
            global said
            probe timer.ms($1) { said <<< 1; println("says " @2) }
            """;

    @Test
    void eachTabKeepsItsTextAndItsUndoAndAllAreThereAfterAReload() {
        try (var page = browser.open("/")) {
            Browser.paste(page, "// First one\nprobe begin { }");
            page.getByTestId("new-script").click();
            Browser.paste(page, "// Second one\nprobe end { }");
            tab(page, "First one").click();
            Browser.await(page.getByTestId("editor"), "First one");
            page.getByTestId("editor").click();
            page.keyboard().press("Control+z");
            Browser.await(page.getByTestId("editor"), "Latency of every system call");
            page.keyboard().press("Control+y");
            Browser.await(page.getByTestId("editor"), "First one");
            page.reload();
            Browser.await(page.getByTestId("editor"), "First one");
            assertThat(page.getByTestId("script-tabs")
                            .locator("[role=tab] .name")
                            .allTextContents())
                    .containsExactly("First one", "Second one");
            tab(page, "First one").press("ArrowRight");
            Browser.await(page.getByTestId("editor"), "Second one");
            page.keyboard().press("Delete");
            page.getByText("Reopen").click();
            Browser.await(page.getByTestId("editor"), "Second one");
        }
    }

    @Test
    void printedLinesAreFilteredAndCounted() {
        try (var page = browser.open("/")) {
            Browser.paste(page, "probe begin { printf(\"alpha\\nbeta\\nAlpha beta\\n\") }");
            page.getByTestId("run-button").click();
            var console = page.getByTestId("console");
            Browser.await(console, "Alpha beta");
            var filter = page.getByLabel("Filter lines");
            filter.fill("ALPHA");
            page.waitForCondition(
                    () -> console.locator("div").allTextContents().equals(List.of("alpha", "Alpha beta")));
            assertThat(page.locator(".console .tools").innerText()).contains("2 of 3");
            filter.fill("gamma");
            page.waitForCondition(() -> console.locator("div").count() == 0);
            filter.fill("");
            page.waitForCondition(() -> console.locator("div").count() == 3);
            page.getByTestId("stop-button").click();
            page.getByTestId("run-button").waitFor();
        }
    }

    @Test
    void argumentsAreFieldsARunPinsItsTextAndALinkCarriesAll() {
        String link;
        try (var page = browser.open("/")) {
            page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
            Browser.paste(page, WITH_ARGUMENTS);
            var fields = page.getByTestId("parameters").locator("input");
            fields.nth(0).fill("50");
            fields.nth(1).fill("a \"b\" c");
            page.getByTestId("run-button").click();
            Browser.await(page.getByTestId("console"), "says a \"b\" c");
            var rate = page.locator(".cm-rate");
            // One line both has the probe and feeds the chart.
            Browser.await(rate, "µs");
            // A rate is known from the second window on.
            page.waitForCondition(
                    () -> rate.getAttribute("aria-label")
                            .matches(
                                    "Probe of line 4: [\\d.]+/s, [\\d.]+ µs per hit, [<\\d.]+ % of a CPU \\(show its chart\\)"));
            rate.click();
            page.getByTestId("hits-tab").click();
            assertThat(page.getByTestId("probe-table").locator("tbody tr").allInnerTexts())
                    .singleElement()
                    .asString()
                    .matches("timer\\.ms\\(50\\)\\s+4\\s+\\d+\\s+[\\d.]+/s\\s+0\\s+[\\d.]+ µs\\s+[<\\d.]+ %");
            page.getByTestId("stop-button").click();
            page.getByTestId("run-button").waitFor();
            try (var stored = browser.open(page.getByTestId("capture-link").getAttribute("href"))) {
                stored.getByTestId("hits-tab").click();
                Browser.await(stored.getByTestId("probe-table"), "timer.ms(50)");
                assertThat(stored.getByTestId("probe-table").locator("tbody tr").allInnerTexts())
                        .singleElement()
                        .asString()
                        .matches("timer\\.ms\\(50\\)\\s+4\\s+\\d+\\s+0\\s+[\\d.]+ µs");
            }

            Browser.paste(page, "global other");
            page.getByTestId("revisions").click();
            assertThat(page.getByTestId("diff").locator(".removed").allTextContents())
                    .anyMatch(line -> line.contains("probe timer.ms($1)"));
            assertThat(page.getByTestId("diff").locator(".added").textContent()).contains("global other");
            page.getByText("Put into the editor").click();
            Browser.await(page.getByTestId("editor"), "probe timer.ms($1)");

            page.getByTestId("share").click();
            page.getByText("The link is copied").waitFor();
            link = String.valueOf(page.evaluate("() => navigator.clipboard.readText()"));
        }
        assertThat(link).startsWith(service.address() + "/#script=");
        try (var page = browser.open(link)) {
            Browser.await(page.getByTestId("editor"), "probe timer.ms($1)");
            assertThat(page.getByTestId("parameters").locator("input").nth(1).inputValue())
                    .isEqualTo("a \"b\" c");
            assertThat(page.url()).doesNotContain("#");
            // Nothing that came from elsewhere runs by itself.
            assertThat(page.getByTestId("stop-button").count()).isZero();
        }
    }

    @Test
    void aScriptOfTheGalleryAndAProbeOfThisHostComeIntoTheStudio() {
        try (var page = browser.open("/gallery")) {
            page.getByTestId("gallery-search").fill("slow syscall threshold");
            page.getByTestId("gallery-open").click();
            Browser.await(page.getByTestId("editor"), "syscall_any.return");
            page.getByTestId("parameters").waitFor();
            page.locator("nav a[href='/probes']").click();
            page.getByTestId("probes-search").fill("syscall.openat");
            page.getByTestId("points")
                    .locator("button", new Locator.LocatorOptions().setHasText("syscall.openat.return"))
                    .click();
            Browser.await(page.getByTestId("point-variables"), "retval");
            page.getByTestId("insert-probe").click();
            Browser.await(page.getByTestId("editor"), "probe syscall.openat.return {");
        }
    }

    @Test
    void whatWouldBeAttachedIsCountedWithoutRunningTheScript() {
        try (var page = browser.open("/")) {
            Browser.paste(page, "global n probe process.syscall { n <<< 1 } probe begin { println(\"ran\") }");
            page.getByTestId("attach-tab").click();
            Browser.await(page.getByTestId("attach"), "A run attaches to 2 points.");
            page.getByTestId("count").click();
            Browser.await(page.getByTestId("attach"), "hits a second");
            var row = page.getByTestId("attach")
                    .locator("tbody tr", new Locator.LocatorOptions().setHasText("process.syscall"));
            assertThat(row.locator("td").last().textContent()).matches("[1-9].*/s");
            // What runs in user space has no rate that could be counted.
            assertThat(page.getByTestId("attach").locator("tbody tr").last().textContent())
                    .contains("begin", "–");
            assertThat(page.getByTestId("stop-button").count()).isZero();
        }
    }

    @Test
    void theDocumentationIsSearchedAndSettingsAreKept() {
        try (var page = browser.open("/docs")) {
            page.getByTestId("docs-search").fill("probe points");
            page.getByTestId("docs-found").locator("button").first().click();
            assertThat(page.url()).endsWith("#probe-points");
            assertThat(page.evaluate("() => document.activeElement.id")).isEqualTo("probe-points");
            page.navigate(service.address() + "/settings");
            page.getByTestId("density-compact").check();
            page.getByTestId("interval").selectOption("100");
            page.reload();
            assertThat(page.getByTestId("density-compact").isChecked()).isTrue();
            assertThat(page.getByTestId("interval").inputValue()).isEqualTo("100");
            assertThat(page.evaluate("() => document.documentElement.dataset.density"))
                    .isEqualTo("compact");
        }
    }

    private static Locator tab(Page page, String title) {
        return page.getByTestId("script-tabs").locator("[role=tab]", new Locator.LocatorOptions().setHasText(title));
    }
}
