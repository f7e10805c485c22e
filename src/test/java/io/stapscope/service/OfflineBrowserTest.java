package io.stapscope.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.stapscope.tracer.Driver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A capture that is exported as a page says from its file, in a browser without a network, what the service says of it. */
@Timeout(180)
class OfflineBrowserTest {
    private static final String MARKUP = "</script><b>";
    private static final Map<String, Integer> NAMES = Map.of(MARKUP, 400, "plain", 200);
    private static final String SCRIPT = """
            global lat, calls
            probe process("NAMES").syscall.return {
                if ($syscall == 110) {
                    lat[execname(), $syscall] <<< gettimeofday_ns() - @entry(gettimeofday_ns())
                    calls[execname()]++
                }
            }
            probe end { printf("</script><script>hacked=1</script>\\n") }
            """;

    @Test
    void anExportedPageSaysWithoutAServiceWhatTheServiceSays(@TempDir Path folder) throws IOException {
        Browser.executable();
        try (var service = RunningService.start(RunningService.newStateDirectory());
                var browser = Browser.start(service);
                var page = browser.open("/")) {
            var id = capture(page);
            page.navigate(service.address() + "/captures/" + id);
            var stored = said(page);
            var file = download(page, "/page", folder.resolve("capture.html"));
            var asked = new ArrayList<String>();
            try (var offline = browser.openWithoutNetwork(file, asked)) {
                assertThat(said(offline)).isEqualTo(stored);
                long total = browser.get(page, "/api/v1/captures/" + id)
                        .getJsonArray("totals")
                        .getJsonObject(0)
                        .getLong("count");
                assertThat(total).isEqualTo(600);
                assertThat(Browser.number(offline.getByTestId("total-count").first()))
                        .isEqualTo(total);
                assertThat(Browser.columns(offline)).isPositive();
                assertThat(offline.evaluate("() => typeof hacked")).isEqualTo("undefined");
                Browser.picture(offline, "offline");
                assertThat(Axe.inBothThemes(offline, "offline")).isEmpty();
                aRangeIsKeptInTheAddress(offline);
                assertThat(asked).isEmpty();
                browser.assertNoErrors();
                assertThat(offline.evaluate(
                                "address => fetch(address).then(() => 'answered', () => 'refused')", service.address()))
                        .isEqualTo("refused");
                browser.expectError("Content Security Policy");
            }
            theCommandMakesTheSamePage(page, file, folder);
            browser.assertNoErrors();
        }
    }

    private static String capture(Page page) {
        Browser.paste(page, SCRIPT.replace("NAMES", Driver.program("names").toString()));
        page.getByTestId("run-button").click();
        page.locator(".badge.on").first().waitFor();
        var arguments = new ArrayList<String>();
        NAMES.forEach((name, count) -> {
            arguments.add(HexFormat.of().formatHex(name.getBytes(StandardCharsets.UTF_8)));
            arguments.add(String.valueOf(count));
        });
        try (var driver = Driver.start("names", arguments.toArray(String[]::new))) {
            assertThat(driver.awaitEnd()).isZero();
        }
        // Long enough for a range that is not all of it.
        Browser.awaitHeatmap(page, 600, 3);
        return Browser.stop(page);
    }

    /** What a page says of the capture, in words. */
    private static Map<String, Object> said(Page page) {
        page.locator("[data-testid=verdict][data-complete=true]").waitFor();
        page.getByTestId("heatmap").first().waitFor();
        Browser.await(page.getByTestId("console"), "hacked=1");
        page.getByTestId("facet-execname").first().click();
        Browser.await(page.getByTestId("top-table").first(), MARKUP);
        var said = new LinkedHashMap<String, Object>();
        for (var part : List.of("capture-total", "capture-lost", "total-count", "top-table", "console")) {
            said.put(part, page.getByTestId(part).allTextContents());
        }
        said.put("facts", page.locator(".fact").allTextContents());
        said.put(
                "script", page.getByTestId("capture-script").locator(".cm-line").allTextContents());
        for (var tables : page.getByTestId("as-table").all()) {
            tables.click();
        }
        said.put("tables", page.getByTestId("table-twin").allTextContents());
        for (var tables : page.getByTestId("as-table").all()) {
            tables.click();
        }
        page.getByTestId("histogram-text").click();
        said.put("histogram", page.getByTestId("histogram-as-text").textContent());
        page.keyboard().press("Escape");
        page.getByTestId("hits-tab").click();
        said.put("hits", page.locator(".console table").allTextContents());
        return said;
    }

    private static Path download(Page page, String link, Path file) {
        var download = page.waitForDownload(() -> {
            page.getByTestId("export-menu").click();
            page.locator("[role=menuitem][href$='" + link + "']").click();
        });
        download.saveAs(file);
        return file;
    }

    private static void aRangeIsKeptInTheAddress(Page page) {
        page.getByTestId("range-from")
                .evaluate("input => { input.stepUp(1); input.dispatchEvent(new Event('change', { bubbles: true })) }");
        page.waitForCondition(() -> page.url().contains("#?from="));
        page.reload();
        page.locator("[data-testid=range-reset]:not(:disabled)").click();
        page.waitForCondition(() -> !page.url().contains("from="));
        Browser.awaitHeatmap(page, 600, 3);
    }

    /** With the bundle in it, which is another file each time it is exported. */
    private static void theCommandMakesTheSamePage(Page page, Path exported, Path folder) throws IOException {
        var bundle = download(page, "/bundle", folder.resolve("capture.zip"));
        var made = PackagedCommand.run("page", bundle.toString());
        assertThat(made.errors()).isEmpty();
        assertThat(made.status()).isZero();
        var data = Base64.getEncoder().encodeToString(Files.readAllBytes(bundle));
        assertThat(made.output()).contains(" id=\"bundle\">" + data + "</script>");
        assertThat(withoutBundle(made.output())).isEqualTo(withoutBundle(Files.readString(exported)));
        var script = Files.writeString(folder.resolve("script.stp"), "probe begin {}");
        var refused = PackagedCommand.run("page", script.toString());
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.errors()).contains("script.stp: this is no bundle of a capture");
    }

    private static String withoutBundle(String html) {
        return html.replaceFirst("(?s) id=\"bundle\">[^<]*", "");
    }
}
