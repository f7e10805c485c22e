package io.stapscope.service;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Asks axe about a page. */
final class Axe {
    private static final Path AXE = Path.of("src/main/webui/node_modules/axe-core/axe.min.js");
    private static final String RUN = """
            async () => {
                const { violations } = await axe.run(document, { resultTypes: ["violations"] });
                return violations
                    .filter(({ impact }) => impact === "serious" || impact === "critical")
                    .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
                        `${id}: ${target.join(" ")} (${failureSummary})`));
            }
            """;

    private Axe() {}

    /** What is serious or critical, in the theme of the page and in the other one. */
    static List<String> inBothThemes(Page page, String where) {
        var findings = new ArrayList<String>();
        for (int i = 0; i < 2; i++) {
            page.evaluate(text());
            @SuppressWarnings("unchecked")
            var found = (List<String>) page.evaluate(RUN);
            var theme = page.locator("html").getAttribute("data-theme");
            found.forEach(finding -> findings.add(where + ", " + theme + ": " + finding));
            page.evaluate("() => document.querySelector('[data-testid=theme]').click()");
        }
        return findings;
    }

    private static String text() {
        try {
            return Files.readString(AXE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
