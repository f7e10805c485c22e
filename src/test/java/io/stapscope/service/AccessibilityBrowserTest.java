package io.stapscope.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.stapscope.tracer.Driver;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** axe finds nothing serious or critical on any page, in both themes, empty and with data. */
@Timeout(300)
class AccessibilityBrowserTest {
    private static final String SCRIPT = """
            global size, calls
            probe process("CALLS").syscall {
                size[pid(), $syscall] <<< 1000
                calls[execname()]++
                if ($syscall == 110) printf("%d\\n", pid())
            }
            """;

    /** An element of each page of the menu that is there when the page has its data. */
    private static final Map<String, String> CONTENTS = Map.of(
            "/runs", "[data-testid=runs-none]",
            "/alerts", "[data-testid=rules-none]",
            "/captures", "[data-testid=capture-row]",
            "/compare", "[data-testid=compare-A]",
            "/gallery", "[data-testid=gallery-card]",
            "/probes", "[data-testid=points] button",
            "/docs", "main nav li a",
            "/settings", "[data-testid=retention-usage]",
            "/doctor", "[data-testid=doctor-check]");

    private final List<String> findings = new ArrayList<>();

    @Test
    void noPageHasSeriousFindings() {
        Browser.executable();
        try (var service = RunningService.start(RunningService.newStateDirectory());
                var browser = Browser.start(service)) {
            var page = browser.open("/");
            page.getByTestId("run-button").waitFor();
            inBothThemes(page, "first");
            page.locator("[data-replay=off-cpu]").click();
            Browser.awaitHeatmap(page, 1, 1);
            inBothThemes(page, "replay");
            page.getByTestId("stop-button").click();
            page.getByTestId("run-button").waitFor();
            Browser.run(page, Driver.ofCalls(SCRIPT));
            Driver.makeCalls(100);
            Browser.awaitHeatmap(page, 100, 1);
            inBothThemes(page, "live");
            page.getByTestId("multiples-toggle").click();
            page.getByTestId("as-table").first().click();
            inBothThemes(page, "live as tables");
            page.keyboard().press("Control+k");
            page.getByTestId("palette").waitFor();
            inBothThemes(page, "palette");
            page.keyboard().press("Escape");
            var id = Browser.stop(page);
            for (var address : addresses(page, id)) {
                page.navigate(service.address() + address);
                awaitContent(page, address);
                inBothThemes(page, address);
            }
        }
        assertThat(findings).isEmpty();
    }

    /** Those of the menu, so that a page that joins it is looked at too, and those that have no place in it. */
    private static Iterable<String> addresses(Page page, String id) {
        var addresses = new LinkedHashSet<String>();
        for (var link : page.locator("header a").all()) {
            addresses.add(link.getAttribute("href"));
        }
        assertThat(addresses).containsAll(CONTENTS.keySet());
        addresses.addAll(List.of(
                "/captures/" + id,
                "/compare?a=" + id + "&b=" + id,
                "/docs/tools",
                "/drawing?frames=3",
                "/login",
                "/nowhere"));
        return addresses;
    }

    /** What a page shows once it has its data; those of a capture come from the store. */
    private static void awaitContent(Page page, String address) {
        page.waitForFunction("() => document.querySelector('main')?.textContent.trim().length > 20");
        var content = CONTENTS.get(address);
        if (address.startsWith("/captures/")) {
            content = "[data-testid=top-table] tbody tr";
        } else if (address.startsWith("/compare?")) {
            content = "[data-testid=compare-heatmaps]";
        }
        if (content != null) {
            page.locator(content).first().waitFor();
        }
        if (address.equals("/probes")) {
            page.getByTestId("points").locator("button").first().click();
            page.getByTestId("insert-probe").waitFor();
        }
    }

    private void inBothThemes(Page page, String where) {
        findings.addAll(Axe.inBothThemes(page, where));
    }
}
