package io.stapscope.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.tracer.Driver;
import io.stapscope.tracer.RunOptions;
import io.stapscope.tracer.Traced;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** What a tool printed about a driver that did its deeds while the tool ran. */
record ToolRun(List<String> lines, String text, int driver) {
    /** Runs a tool for the driver alone (-x). */
    static ToolRun of(String tool, String... deeds) {
        return run(tool, true, deeds);
    }

    /** Runs a tool for the whole machine. */
    static ToolRun ofAll(String tool, String... deeds) {
        return run(tool, false, deeds);
    }

    /** Runs a tool for the whole machine beside a script whose target is the driver; that one's run is the second. */
    static List<ToolRun> besideOf(String tool, String script, String... deeds) {
        try (var driver = started(deeds);
                var beside = Traced.start(script, Traced.target(driver.pid()))) {
            var run = whileItWorks(tool, RunOptions.defaults(), driver);
            return List.of(run, ended(beside, driver));
        }
    }

    private static ToolRun run(String tool, boolean targeted, String... deeds) {
        try (var driver = started(deeds)) {
            return whileItWorks(tool, targeted ? Traced.target(driver.pid()) : RunOptions.defaults(), driver);
        }
    }

    private static Driver started(String... deeds) {
        var driver = Driver.start("deeds", deeds);
        assertThat(driver.line()).isEqualTo("ready");
        return driver;
    }

    private static ToolRun whileItWorks(String tool, RunOptions options, Driver driver) {
        var script = Objects.requireNonNull(Gallery.named(tool), tool).script();
        try (var traced = Traced.start(script, options)) {
            driver.proceed();
            assertThat(driver.awaitEnd()).isZero();
            return ended(traced, driver);
        }
    }

    private static ToolRun ended(Traced traced, Driver driver) {
        assertThat(traced.stop().errors()).as(traced.errors()).isZero();
        return new ToolRun(traced.lines(), traced.text(), driver.pid());
    }

    /** The numbers of the only line that has all of these words. */
    List<Long> numbers(String... words) {
        var found = lines.stream()
                .filter(line -> Arrays.stream(words).allMatch(word -> has(line, word)))
                .toList();
        assertThat(found).as("lines with " + List.of(words) + " in\n" + text).hasSize(1);
        return Pattern.compile("-?\\d+")
                .matcher(found.getFirst())
                .results()
                .map(each -> Long.valueOf(each.group()))
                .toList();
    }

    long count(String... words) {
        return lines.stream()
                .filter(line -> Arrays.stream(words).allMatch(word -> has(line, word)))
                .count();
    }

    private static boolean has(String line, String word) {
        return Pattern.compile("(?<![\\w.-])" + Pattern.quote(word) + "(?![\\w-])")
                .matcher(line)
                .find();
    }
}
