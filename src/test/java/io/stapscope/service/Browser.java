package io.stapscope.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A headless Chromium that is logged in to a running service; a page error or a console error is a failure. */
final class Browser implements AutoCloseable {
    static final Path SCREENSHOTS = Path.of("target/screenshots");

    private static final List<String> PLACES =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
    private static final double PATIENCE = 30_000;
    private static final String NO_BUDGET = """
            if (location.protocol.startsWith("http") && localStorage.getItem("stapscope.settings") === null) {
                localStorage.setItem("stapscope.settings", '{"budgetPercent":0}');
            }
            """;

    static final Locator.WaitForOptions HIDDEN = new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN);

    /** Only a first visit is greeted by a recording. */
    private static final String KNOWN = """
            if (location.protocol.startsWith("http")) {
                localStorage.setItem("stapscope.welcomed", "yes");
            }
            """;

    private final RunningService service;
    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;
    private final List<String> errors = new ArrayList<>();
    private String loggedIn = "";

    private Browser(RunningService service, Playwright playwright, com.microsoft.playwright.Browser browser) {
        this.service = service;
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Opens the login link, which works once; skips the tests of a machine without Chromium. */
    static Browser start(RunningService service) {
        var browser = startWithoutLogin(service);
        var page = browser.open(service.loginLink());
        page.getByTestId("run-button").waitFor();
        browser.loggedIn = page.context().storageState();
        page.context().close();
        browser.assertNoErrors();
        return browser;
    }

    static Browser startWithoutLogin(RunningService service) {
        var playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        var chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable())
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
        return new Browser(service, playwright, chromium);
    }

    /** Asked before a service is started, so that a machine without Chromium skips at once. */
    static Path executable() {
        for (var place : PLACES) {
            if (Files.isExecutable(Path.of(place))) {
                return Path.of(place);
            }
        }
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError("no Chromium, and CI=true asks for the browser tests");
        }
        return abort("no Chromium in " + PLACES + ": the browser tests are skipped");
    }

    /** A page of a new, dark window that shares nothing but the login. */
    Page open(String address) {
        var options = new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(1440, 900)
                .setLocale("en-US")
                .setColorScheme(ColorScheme.DARK);
        return open(loggedIn.isEmpty() ? options : options.setStorageState(loggedIn), address);
    }

    /** A file in a window that has no network; what it asks for besides itself is added to {@code asked}. */
    Page openWithoutNetwork(Path file, List<String> asked) {
        var options = new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(1440, 900)
                .setLocale("en-US")
                .setColorScheme(ColorScheme.DARK)
                .setOffline(true);
        var address = file.toUri().toString();
        var page = open(options, "about:blank");
        page.onRequest(request -> {
            if (!request.url().equals(address)) {
                asked.add(request.url());
            }
        });
        page.navigate(address);
        return page;
    }

    Page openAsStranger(String address) {
        return open(new com.microsoft.playwright.Browser.NewContextOptions().setLocale("en-US"), address);
    }

    /** A window of somebody who was never here. */
    Page openAsNewcomer(String address, String locale) {
        var options = new com.microsoft.playwright.Browser.NewContextOptions().setLocale(locale);
        return open(browser.newContext(options), address);
    }

    private Page open(com.microsoft.playwright.Browser.NewContextOptions options, String address) {
        var context = browser.newContext(options);
        context.addInitScript(KNOWN);
        return open(context, address);
    }

    private Page open(BrowserContext context, String address) {
        context.setDefaultTimeout(PATIENCE);
        context.setDefaultNavigationTimeout(PATIENCE);
        // Drivers call without pause: no run is to end because a slow machine makes its probes dear.
        context.addInitScript(NO_BUDGET);
        var page = context.newPage();
        page.onPageError(errors::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                errors.add(message.text() + " (" + message.location() + ")");
            }
        });
        page.navigate(address.startsWith("/") ? service.address() + address : address);
        return page;
    }

    /** Errors that the browser itself reports for an answer of this status are expected, once asked for. */
    void expectRefusal(int status) {
        assertThat(errors).anyMatch(error -> error.contains("status of " + status));
        errors.removeIf(error -> error.contains("status of " + status));
    }

    /** An error with these words is expected. */
    void expectError(String words) {
        assertThat(errors).anyMatch(error -> error.contains(words));
        errors.removeIf(error -> error.contains(words));
    }

    /** Of those since it was last asked: what one test met is not the next one's. */
    void assertNoErrors() {
        var met = List.copyOf(errors);
        errors.clear();
        assertThat(met).as("page and console errors").isEmpty();
    }

    void forgetErrors() {
        errors.clear();
    }

    /** Whether this browser keeps such a text as the script that is shown. */
    private static final String SAVED = """
            text => {
                const kept = (name) => JSON.parse(localStorage.getItem(`stapscope.${name}`) ?? "{}");
                return kept(`document.${kept("documents").current}`).text === text;
            }
            """;

    /** Puts a text into the script editor as a paste does: in one piece, in place of what is there. */
    static void paste(Page page, String script) {
        var editor = page.getByTestId("editor");
        editor.click();
        page.keyboard().press("Control+A");
        page.keyboard().insertText(script);
        page.waitForFunction(SAVED, script);
    }

    /** Runs a script in place of what is in the editor; returns when its probes are attached. */
    static void run(Page page, String script) {
        paste(page, script);
        page.getByTestId("run-button").click();
        page.locator(".badge.on").first().waitFor();
    }

    static void await(Locator element, String text) {
        element.filter(new Locator.FilterOptions().setHasText(text)).first().waitFor();
    }

    /** Waits until the first heat map tells this total and at least so many columns. */
    static void awaitHeatmap(Page page, long total, int columns) {
        page.waitForFunction(
                "([total, columns]) => { const map = document.querySelector('[data-testid=heatmap]');"
                        + " return map && Number(map.dataset.total) >= total && Number(map.dataset.columns) >= columns }",
                List.of((double) total, columns),
                // A column is a second.
                new Page.WaitForFunctionOptions().setTimeout(PATIENCE + columns * 1000.0));
    }

    static int columns(Page page) {
        return Integer.parseInt(page.getByTestId("heatmap").first().getAttribute("data-columns"));
    }

    static long number(Locator element) {
        return Long.parseLong(element.textContent().replace(",", ""));
    }

    /** Presses Stop, waits for the link to the capture, and gives the capture's id. */
    static String stop(Page page) {
        page.getByTestId("stop-button").click();
        var link = page.getByTestId("capture-link");
        link.waitFor();
        return link.getAttribute("href").replace("/captures/", "");
    }

    /** A page shows the run that is going: one that a failed test left would be in the way of the next. */
    void stopRuns() {
        var context =
                browser.newContext(new com.microsoft.playwright.Browser.NewContextOptions().setStorageState(loggedIn));
        var request = context.request();
        var runs =
                new JsonObject(request.get(service.address() + "/api/v1/runs").text()).getJsonArray("runs");
        for (var run : runs) {
            request.delete(
                    service.address() + "/api/v1/runs/" + ((JsonObject) run).getString("id"),
                    RequestOptions.create()
                            .setHeader("X-Requested-By", "stapscope")
                            .setHeader("Content-Type", "application/json"));
        }
        context.close();
    }

    JsonObject get(Page page, String path) {
        var answer = page.context().request().get(service.address() + path);
        assertThat(answer.status()).as("GET " + path + ": " + answer.text()).isEqualTo(200);
        return new JsonObject(answer.text());
    }

    static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
