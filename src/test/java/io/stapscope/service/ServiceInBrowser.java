package io.stapscope.service;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** One service and one browser for all tests of a class; each of them ends with no run and no error in the page. */
abstract class ServiceInBrowser {
    static RunningService service;
    static Browser browser;

    @BeforeAll
    static void start() {
        Browser.executable();
        service = RunningService.start(RunningService.newStateDirectory());
        browser = Browser.start(service);
    }

    /** The browser before the service; neither is left to a class that cannot start its own. */
    @AfterAll
    static void close() {
        try (var last = service;
                var first = browser) {
            service = null;
            browser = null;
        }
    }

    @AfterEach
    void nothingWentWrongInThePage() {
        browser.stopRuns();
        browser.assertNoErrors();
    }
}
