package io.stapscope.service;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** As {@link ServiceInBrowser}, but what is between the two can be faulty, and the service can be started anew. */
abstract class ServiceBehindLink {
    static Path state;
    static FaultyLink link;
    static RunningService service;
    static Browser browser;

    @BeforeAll
    static void start() {
        Browser.executable();
        state = RunningService.newStateDirectory();
        link = new FaultyLink();
        service = startService();
        browser = Browser.start(service);
    }

    /** Another service on the same state, in place of one that has ended. */
    static RunningService startService() {
        // A fault may last longer than a run goes on that nobody watches,
        // and what is looked at here is what comes after it.
        var started = RunningService.start(
                state,
                Map.of(
                        "STAPSCOPE_ALLOWED_HOSTS",
                        "127.0.0.1:" + link.port(),
                        "STAPSCOPE_LEASE",
                        "180s",
                        "STAPSCOPE_HISTORY_HOUSEKEEPING_INTERVAL",
                        "1s"));
        link.lead(URI.create(started.address()).getPort());
        return started;
    }

    /** The browser before the service, then what is between; nothing is left to a class that cannot start its own. */
    @AfterAll
    static void close() {
        try (var last = link;
                var second = service;
                var first = browser) {
            link = null;
            service = null;
            browser = null;
        }
    }

    @BeforeEach
    void mend() {
        link.mend();
    }

    @AfterEach
    void stopRuns() {
        link.mend();
        browser.stopRuns();
        // A browser reports each connection that fails.
        browser.forgetErrors();
    }
}
