package io.stapscope.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Writing a script in the page, with what the compiler knows at hand. */
@Timeout(180)
class EditorBrowserTest extends ServiceInBrowser {
    @Test
    void aScriptIsWrittenWithCompletion() {
        try (var page = browser.open("/")) {
            Browser.paste(page, "");
            type(page, "probe process.sysc");
            suggestion(page, "process.syscall.return").click();
            type(page, " { x = $ret");
            suggestion(page, "$return").click();
            type(page, " + pi");
            suggestion(page, "pid").first().waitFor();
            page.keyboard().press("Escape");
            assertThat(page.getByTestId("editor").innerText())
                    .contains("probe process.syscall.return { x = $return + pi");
        }
    }

    @Test
    void aWordIsExplainedItsDeclarationFoundAndTheScriptFormatted() {
        try (var page = browser.open("/")) {
            Browser.paste(
                    page,
                    "global total\nprobe process.syscall{total<<<pid()}\nprobe begin{println(thread_indent(1))}\n");
            page.locator(".cm-line span", new Page.LocatorOptions().setHasText("pid"))
                    .first()
                    .hover();
            assertThat(page.locator(".cm-explanation").textContent()).contains("pid:long ()");
            page.keyboard().press("Escape");
            page.getByTestId("editor").click();
            page.keyboard().press("Shift+Alt+F");
            page.locator(".cm-line", new Page.LocatorOptions().setHasText("    total <<< pid()"))
                    .waitFor();
            page.keyboard().press("Control+Home");
            page.keyboard().press("Control+f");
            page.keyboard().type("thread_indent");
            page.keyboard().press("Enter");
            page.keyboard().press("Escape");
            page.keyboard().press("F12");
            page.getByTestId("library").waitFor();
            assertThat(page.getByTestId("library").innerText()).contains("function thread_indent:string");
        }
    }

    @Test
    void aToolOfTheGalleryIsTakenAndItsProgramsAreShown() {
        try (var page = browser.open("/")) {
            page.getByTestId("examples").click();
            page.getByTestId("tool-search").fill("run queue");
            page.locator(".example", new Page.LocatorOptions().setHasText("Run-queue latency"))
                    .click();
            assertThat(page.getByTestId("editor").innerText()).contains("sched_wakeup_new");
            page.getByTestId("compiled-tab").click();
            page.locator("[data-testid=compiled] section").first().waitFor();
            assertThat(page.getByTestId("compiled").textContent())
                    .contains("raw tracepoint sched_switch")
                    .contains("queued[$p->pid] = gettimeofday_us()");
            page.locator(".group button:not([disabled])").first().hover();
            page.locator(".cm-markedLine").waitFor();
        }
    }

    private static void type(Page page, String text) {
        page.keyboard().type(text);
    }

    private static Locator suggestion(Page page, String label) {
        var exactly = Pattern.compile("^" + label.replaceAll("[.$]", "\\\\$0") + "$");
        return page.locator(
                        ".cm-tooltip-autocomplete li .cm-completionLabel",
                        new Page.LocatorOptions().setHasText(exactly))
                .first();
    }
}
