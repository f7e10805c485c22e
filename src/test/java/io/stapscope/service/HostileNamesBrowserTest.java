package io.stapscope.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.stapscope.tracer.Driver;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Programs may call themselves what they like. Names that are HTML, move a terminal's cursor, break lines, end strings or
 * are not UTF-8 go through every page: no script of theirs runs, no two of them merge, nothing breaks.
 */
@Timeout(180)
class HostileNamesBrowserTest {
    /** Bytes of names, each with a count of its own. */
    private static final Map<String, Integer> NAMES = new LinkedHashMap<>();

    static {
        NAMES.put(hex("<img src=x>"), 101);
        NAMES.put(hex("<script>a()"), 102);
        NAMES.put(hex("a\u001b[31mred"), 103);
        NAMES.put(hex("b\nc"), 104);
        NAMES.put("64fffe65", 105);
        NAMES.put("64fffd65", 106);
        NAMES.put("64efbfbdefbfbd65", 107);
        NAMES.put(hex("\"';--&amp;"), 108);
        NAMES.put(hex("{n} %s $1"), 109);
        NAMES.put(hex("e\r\tf"), 110);
        NAMES.put("e280ae676674", 111);
    }

    private static final String SCRIPT = """
            global sizes, calls
            probe process("NAMES").syscall {
                if ($syscall == 110) {
                    sizes[execname(), $syscall] <<< 1000
                    if (calls[execname()]++ == 0) printf("%s\\n", execname())
                }
            }
            """;

    @Test
    void namesAreOnlyEverText() {
        Browser.executable();
        try (var service = RunningService.start(RunningService.newStateDirectory());
                var browser = Browser.start(service)) {
            var page = browser.open("/");
            Browser.run(page, SCRIPT.replace("NAMES", Driver.program("names").toString()));
            var arguments = new ArrayList<String>();
            NAMES.forEach((name, count) -> arguments.addAll(List.of(name, String.valueOf(count))));
            try (var driver = Driver.start("names", arguments.toArray(String[]::new))) {
                assertThat(driver.awaitEnd()).isZero();
            }
            long total = NAMES.values().stream().mapToLong(Integer::longValue).sum();
            Browser.awaitHeatmap(page, total, 1);
            page.getByTestId("facet-execname").first().click();
            assertEachCountOnce(page, "[data-agg] [data-testid=top-table] tbody tr");
            page.getByTestId("multiples-toggle").click();
            page.waitForCondition(
                    () -> page.getByTestId("multiples").locator("canvas").count() == NAMES.size());
            page.getByTestId("multiples-toggle").click();
            assertHarmless(page);
            page.getByTestId("top-table")
                    .first()
                    .locator("tbody tr button.row")
                    .first()
                    .click();
            assertHarmless(page);
            var id = Browser.stop(page);
            var stored = browser.get(page, "/api/v1/captures/" + id + "/series?agg=0&facet=execname&limit=100");
            assertStored(stored);
            page.navigate(service.address() + "/captures/" + id);
            page.getByTestId("facet-execname").first().click();
            assertEachCountOnce(page, "[data-testid=top-table] tbody tr");
            assertHarmless(page);
            rename(browser, page, service);
            browser.assertNoErrors();
        }
    }

    /** A capture's own name comes from outside, too: HTML is text, what steers a terminal is refused. */
    private static void rename(Browser browser, Page page, RunningService service) {
        assertThat(start(page, "<img src=x onerror='hacked=1'>")).isEqualTo(201);
        assertThat(start(page, "one\u001b[2Jtwo")).isEqualTo(400);
        browser.expectRefusal(400);
        page.navigate(service.address() + "/captures");
        page.getByText("<img src=x onerror='hacked=1'>").first().waitFor();
        assertHarmless(page);
        page.keyboard().press("Control+k");
        page.getByTestId("palette").fill("img");
        page.getByText("Capture: <img").waitFor();
        assertHarmless(page);
    }

    private static Object start(Page page, String name) {
        var request = new JsonObject()
                .put("script", "probe begin { printf(\"<img src=x onerror=hacked=1>\\n\") exit() }")
                .put("name", name);
        return page.evaluate(
                "body => fetch('/api/v1/runs', { method: 'POST', body, headers: { 'Content-Type':"
                        + " 'application/json', 'X-Requested-By': 'stapscope' } }).then(answer => answer.status)",
                request.encode());
    }

    private static void assertEachCountOnce(Page page, String rows) {
        page.waitForFunction(
                "([rows, size]) => document.querySelectorAll(rows).length >= size", List.of(rows, NAMES.size()));
        var texts = page.locator(rows).allTextContents();
        for (var count : NAMES.values()) {
            assertThat(texts).as("rows with " + count).anyMatch(text -> text.contains(String.valueOf(count)));
        }
    }

    private static void assertStored(JsonObject answer) {
        var counts = new ArrayList<Integer>();
        var labels = new HashSet<String>();
        for (var each : answer.getJsonArray("series")) {
            var series = (JsonObject) each;
            counts.add(series.getInteger("count"));
            labels.add(series.getJsonArray("keys").getJsonObject(0).getString("label"));
        }
        assertThat(counts).containsExactlyInAnyOrderElementsOf(NAMES.values());
        assertThat(labels).as("names that look different").hasSize(NAMES.size());
        assertThat(labels).allMatch(label -> label.chars().noneMatch(Character::isISOControl));
    }

    /** Nothing became an element, nothing ran, and nothing that steers a terminal or the direction of text is shown. */
    private static void assertHarmless(Page page) {
        assertThat(page.evaluate("() => window.hacked ?? null")).isNull();
        assertThat(page.locator("img").count()).isZero();
        assertThat(page.locator("main script").count()).isZero();
        assertThat(page.locator("main")
                        .textContent()
                        .chars()
                        .filter(c -> c == 0x1b)
                        .count())
                .as("escapes")
                .isZero();
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
