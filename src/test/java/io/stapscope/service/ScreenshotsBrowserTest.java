package io.stapscope.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.stapscope.tracer.Driver;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Pictures of every page with data of the live kernel, in target/screenshots, to be looked at by people.
 * -Dstapscope.pictures=SECONDS records longer, as the README's picture needs.
 */
@Timeout(600)
class ScreenshotsBrowserTest {
    private static final int SECONDS = Integer.getInteger("stapscope.pictures", 8);
    private static final String LATENCY = """
            // Latency of every system call of a busy program, by process and call.
            global latency

            probe process("mix").syscall.return {
                latency[pid(), $syscall] <<<
                    gettimeofday_ns() - @entry(gettimeofday_ns())
            }

            probe process("mix").begin {
                printf("%s (%d) is watched on cpu %d\\n", execname(), pid(), cpu())
            }
            """;
    private static final String COUNT = """
            // How often each program enters the kernel.
            global calls
            probe process.syscall { calls[execname()] <<< 1 }
            """;
    private static final String WRONG = """
            // What does it cost to read?
            global latency, bytes

            probe process("mix").syscall.return {
                latency[pid()] <<< gettimeofday_ns() - @entry(gettimeofday_ns())
                bytes[execname()] <<< $retrun
                if (strlen(pid()) > 4) printf("%s\\n", execnam())
            }
            """;

    @Test
    void everyPageIsPictured() {
        Browser.executable();
        // As a user would have it, the program is found by its name.
        var path = Driver.program("mix").getParent() + ":" + System.getenv("PATH");
        try (var service = RunningService.start(RunningService.newStateDirectory(), Map.of("PATH", path));
                var browser = Browser.start(service);
                var driver = Driver.start("mix", String.valueOf(SECONDS + 300))) {
            driver.line();
            var page = browser.open("/");
            picture(page, "studio-first");
            live(page);
            var id = Browser.stop(page);
            picture(page, "studio-stopped");
            wrong(page);
            count(page);
            captures(service, page, id);
            browser.assertNoErrors();
        }
        assertThat(Browser.SCREENSHOTS.resolve("doctor.png")).isNotEmptyFile();
    }

    private static void live(Page page) {
        Browser.paste(page, LATENCY);
        page.getByTestId("run-button").click();
        Browser.awaitHeatmap(page, 1, SECONDS);
        picture(page, "studio-live");
        page.getByTestId("facet-pid").click();
        page.getByTestId("top-table").locator("tbody tr").first().waitFor();
        picture(page, "studio-pid");
        page.getByTestId("facet-syscall").click();
        page.getByTestId("theme").click();
        picture(page, "studio-live-light");
        page.getByTestId("theme").click();
        page.getByTestId("language").click();
        picture(page, "studio-zh");
        page.getByTestId("language").click();
        page.setViewportSize(1100, 800);
        picture(page, "studio-1100");
        page.setViewportSize(700, 900);
        picture(page, "studio-700");
        page.setViewportSize(1440, 900);
    }

    private static void wrong(Page page) {
        Browser.paste(page, WRONG);
        page.locator(".cm-lintRange-error").first().waitFor();
        page.getByTestId("problems-tab").click();
        picture(page, "studio-error");
    }

    private static void count(Page page) {
        Browser.paste(page, COUNT);
        page.getByTestId("run-button").click();
        page.locator("section[aria-label=calls]").waitFor();
        Browser.awaitHeatmap(page, 1, 5);
        picture(page, "studio-count");
        Browser.stop(page);
    }

    private static void captures(RunningService service, Page page, String id) {
        page.navigate(service.address() + "/captures");
        page.getByTestId("capture-row").first().waitFor();
        picture(page, "captures");
        page.navigate(service.address() + "/captures/" + id);
        Browser.awaitHeatmap(page, 1, 1);
        page.getByTestId("top-table").locator("tbody tr").first().waitFor();
        picture(page, "capture");
        page.navigate(service.address() + "/doctor");
        page.getByTestId("doctor-check").first().waitFor();
        picture(page, "doctor");
    }

    /** Taken when two frames have been drawn after what was waited for. */
    private static void picture(Page page, String name) {
        page.mouse().move(0, 0);
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() =>"
                + " requestAnimationFrame(done))))");
        Browser.picture(page, name);
    }
}
