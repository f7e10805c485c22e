package io.stapscope.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Somebody who has never been here: from the login link to a column of this machine's own values in at most five actions and
 * thirty seconds, in both languages. The times are printed.
 */
@Timeout(180)
class NewcomerBrowserTest {
    private static final int MOST_ACTIONS = 5;
    private static final double MOST_MILLIS = 30_000;

    private int actions;

    @ParameterizedTest
    @CsvSource({"en-US, Run, Press Run to trace this machine", "zh-CN, 运行, 即可跟踪本机"})
    void ownValuesAreSeenWithinFiveActionsAndThirtySeconds(String locale, String run, String recording) {
        Browser.executable();
        try (var service = RunningService.start(RunningService.newStateDirectory());
                var browser = Browser.startWithoutLogin(service)) {
            long start = System.nanoTime();
            var page = act(() -> browser.openAsNewcomer(service.loginLink(), locale));
            // Something moves before anything was done, and says that it is not this machine.
            Browser.await(page.getByTestId("recording"), recording);
            Browser.awaitHeatmap(page, 1, 1);
            Browser.picture(page, "first-visit-" + locale);
            var button = page.getByTestId("run-button");
            Browser.await(button, run);
            act(() -> {
                button.click();
                return page;
            });
            page.getByTestId("replay-badge").waitFor(Browser.HIDDEN);
            Browser.awaitHeatmap(page, 1, 1);
            double millis = (System.nanoTime() - start) / 1e6;
            Browser.picture(page, "newcomer-" + locale);
            System.out.printf("newcomer, %s: own column after %.0f ms and %d actions%n", locale, millis, actions);
            assertThat(actions).isLessThanOrEqualTo(MOST_ACTIONS);
            assertThat(millis).isLessThanOrEqualTo(MOST_MILLIS);
            assertThat(Browser.stop(page)).isNotEmpty();
            browser.assertNoErrors();
        }
    }

    private Page act(java.util.function.Supplier<Page> action) {
        actions++;
        return action.get();
    }
}
