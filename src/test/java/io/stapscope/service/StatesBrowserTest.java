package io.stapscope.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import io.stapscope.tracer.Driver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.function.Consumer;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * What the page says when things are not as they should be: each state is brought about on the live kernel, its words are
 * looked for, and a picture in both languages goes to target/screenshots, to be looked at by people.
 */
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StatesBrowserTest extends ServiceBehindLink {
    private static final String COUNT = Driver.ofCalls("global n probe process(\"CALLS\").syscall { n[pid()] <<< 1 }");

    @Test
    @Order(1)
    void nothingHits() {
        try (var idle = Driver.start("calls", "1000", "1", "hold")) {
            idle.line();
            watch("nothing-hits", COUNT, page -> page.getByText("0 hits.")
                    .first()
                    .waitFor());
        }
    }

    @Test
    @Order(2)
    void noPointMatches() {
        show("no-match", "probe process(\"CALLS\").function(\"mian\") { println(pp()) }", page -> {
            page.locator(".cm-lintRange-error").first().waitFor();
            page.getByTestId("problems-tab").click();
            Browser.await(page.getByTestId("problems"), "main");
        });
    }

    @Test
    @Order(3)
    void theTargetEnds() {
        try (var driver = Driver.start("calls", "1000", "1", "hold");
                var page = browser.open("/")) {
            driver.line();
            Browser.paste(page, "global n probe process.syscall { if ($syscall == 110) n[pid()] <<< 1 }");
            page.getByTestId("target-kind").selectOption("pid");
            page.getByTestId("target-pid").click();
            page.keyboard().type(String.valueOf(driver.pid()));
            page.keyboard().press("Enter");
            page.getByTestId("run-button").click();
            page.locator(".badge.on").first().waitFor();
            driver.proceed();
            assertThat(driver.awaitEnd()).isZero();
            page.getByTestId("target-ended").waitFor();
            Browser.await(page.getByTestId("total-count"), "1,000");
            pictures(page, "target-ended");
        }
    }

    @Test
    @Order(4)
    void theBudgetIsExceeded() {
        try (var driver = Driver.start("calls", "400000000", "1", "hold");
                var page = browser.open("/")) {
            driver.line();
            page.evaluate("() => localStorage.setItem('stapscope.settings',"
                    + " '{\"budgetPercent\":1,\"intervalMillis\":250}')");
            page.reload();
            Browser.run(page, COUNT);
            driver.proceed();
            page.getByTestId("capture-link").waitFor();
            page.getByTestId("over-budget").waitFor();
            Browser.await(page.getByTestId("strip"), "over its budget");
            page.locator("[data-testid=verdict][data-complete=true]").waitFor();
            pictures(page, "over-budget");
        }
    }

    @Test
    @Order(5)
    void theTableOfKeysIsFull() {
        watch("keys-full", Driver.ofCalls("""
                global n[16]
                probe process("CALLS").syscall { if ($syscall == 110) n[gettimeofday_ns()] <<< 1 }
                """), page -> {
            Driver.makeCalls(5_000);
            page.getByText("The table of keys is full").first().waitFor();
        });
    }

    @Test
    @Order(6)
    void eventsAreLost() {
        watch("events-lost", Driver.ofCalls("""
                global n
                probe process("CALLS").syscall {
                    n[pid()] <<< 1
                    printf("%d %d %s %s\\n", gettimeofday_ns(), pid(), execname(), execname())
                }
                """), page -> {
            // A service that does not run reads nothing, and the ring holds less than this.
            signal("STOP", service.pid());
            Driver.makeCalls(1_000_000);
            signal("CONT", service.pid());
            page.waitForFunction("() => document.querySelector('[data-testid=strip-lost]')?.textContent !== '0'");
            page.getByTestId("strip-lost").hover();
        });
    }

    /** Of what is older than the retention allows the seconds go first. */
    @Test
    @Order(7)
    void theSecondsOfAnOldCaptureAreGone() throws IOException {
        try (var page = browser.open("/captures")) {
            page.getByTestId("captures-import")
                    .setInputFiles(new FilePayload("old.zip", "application/zip", OldBundle.of("system-calls", 5)));
            page.waitForCondition(() -> page.url().contains("/captures/"));
            var id = page.url().substring(page.url().lastIndexOf('/') + 1);
            page.waitForCondition(() -> browser.get(page, "/api/v1/captures/" + id + "/heatmap?agg=0&facet=total")
                    .getJsonObject("coverage")
                    .getString("finest")
                    .equals("minute"));
            page.reload();
            Browser.await(page.getByTestId("range-coarse"), "shown by the minute");
            assertThat(Browser.columns(page)).isEqualTo(2);
            page.getByText("clock_nanosleep").first().waitFor();
            pictures(page, "old-range");
        }
    }

    @Test
    @Order(8)
    void theConnectionIsLost() {
        try (var page = browser.open(link.address() + "/")) {
            Browser.run(page, COUNT);
            Driver.makeCalls(50_000);
            Browser.awaitHeatmap(page, 50_000, 2);
            link.cut();
            page.getByText("The connection is lost").first().waitFor();
            pictures(page, "disconnected");
        }
    }

    /** The last one: the database does not come back. */
    @Test
    @Order(9)
    void theDatabaseIsAway() {
        watch("database-away", COUNT, page -> {
            Driver.makeCalls(50_000);
            Browser.awaitHeatmap(page, 50_000, 1);
            endDatabase();
            page.getByTestId("strip-unsaved").waitFor();
            Driver.makeCalls(50_000);
            Browser.awaitHeatmap(page, 100_000, 2);
        });
    }

    /** Runs a script and takes the pictures once the state is there. */
    private static void watch(String name, String script, Consumer<Page> bring) {
        try (var page = browser.open("/")) {
            Browser.run(page, script);
            bring.accept(page);
            pictures(page, name);
        }
    }

    /** Does not run it. */
    private static void show(String name, String script, Consumer<Page> bring) {
        try (var page = browser.open("/")) {
            Browser.paste(page, Driver.ofCalls(script));
            bring.accept(page);
            pictures(page, name);
        }
    }

    private static void pictures(Page page, String name) {
        Browser.picture(page, "state-" + name);
        page.getByTestId("language").click();
        page.locator("html[lang=zh-Hans]").waitFor();
        Browser.picture(page, "state-" + name + "-zh");
        page.getByTestId("language").click();
    }

    /** As an operating system ends it that has no memory left. */
    private static void endDatabase() {
        try (var files = Files.walk(state, 4)) {
            var pidFile = files.filter(file -> file.endsWith("postmaster.pid"))
                    .findFirst()
                    .orElseThrow();
            var pid = Files.readAllLines(pidFile).getFirst().strip();
            signal("QUIT", Integer.parseInt(pid));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void signal(String name, int pid) {
        try {
            new ProcessBuilder("/bin/kill", "-" + name, String.valueOf(pid))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
