package io.stapscope.tracer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stapscope.statistics.Buckets;
import io.stapscope.statistics.Histogram;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The product says N when the driver made N calls. */
@Tag("kernel")
@Timeout(120)
class ExactnessKernelTest {
    private static final Path CALLS = Driver.program("calls");
    private static final int GETPPID = 110;

    @RepeatedTest(10)
    void tenMillionCallsFromTwoThreadsAreCounted() {
        var script = """
                global statistic, counter, plain
                probe process("CALLS").syscall {
                    if ($syscall == 110) { statistic[pid(), $syscall] <<< 1; counter++; plain[$syscall]++ }
                }
                probe end { printf("%d %d %d\\n", @count(statistic[target(), 110]), counter, plain[110]) }
                """.replace("CALLS", CALLS.toString());
        try (var driver = Driver.start(CALLS, "10000000", "2", "hold")) {
            driver.line();
            try (var traced = Traced.start(script.replace("target()", String.valueOf(driver.pid())))) {
                driver.proceed();
                assertThat(driver.awaitEnd()).isZero();
                var result = traced.stop();
                assertThat(traced.text()).isEqualTo("10000000 10000000 10000000\n");
                assertThat(traced.counts(0))
                        .containsExactly(
                                java.util.Map.entry(List.of((long) driver.pid(), (long) GETPPID), 10_000_000L));
                assertThat(traced.counts(1).values()).containsExactly(10_000_000L);
                assertThat(result.losses().lost()).isZero();
            }
        }
    }

    @Test
    void latenciesFallIntoTheBucketsOfAnIndependentLog() {
        var script = """
                global lat
                probe process("CALLS").syscall.return {
                    took = gettimeofday_ns() - @entry(gettimeofday_ns())
                    lat[pid(), $syscall] <<< took
                    if ($syscall == 110) printf("%d\\n", took)
                }
                """.replace("CALLS", CALLS.toString());
        try (var driver = Driver.start(CALLS, "100000", "2", "hold")) {
            driver.line();
            try (var traced = Traced.start(script)) {
                driver.proceed();
                assertThat(driver.awaitEnd()).isZero();
                var result = traced.stop();
                assertThat(result.losses().lost()).isZero();
                var log = new TreeMap<Integer, Long>();
                var values = new java.util.ArrayList<Long>();
                long logged = 0;
                for (var line : traced.lines()) {
                    if (!line.startsWith("lat[")) {
                        values.add(Long.parseLong(line));
                        log.merge(Buckets.of(values.getLast()), 1L, Long::sum);
                        logged++;
                    }
                }
                assertThat(logged).isEqualTo(100_000);
                assertThat(buckets(traced, List.of((long) driver.pid(), (long) GETPPID)))
                        .isEqualTo(log);
                quantilesAreWithinTheirBound(log, values);
                // The read that waited at the start was entered before the script began, and a new thread begins its
                // life by returning from the call that its parent entered.
                assertThat(result.losses().skippedNoEntry()).isEqualTo(2);
            }
        }
    }

    private static void quantilesAreWithinTheirBound(TreeMap<Integer, Long> log, List<Long> values) {
        var histogram = new Histogram();
        log.forEach(histogram::addBucket);
        var sorted = values.stream().sorted().toList();
        for (double q : new double[] {0.5, 0.9, 0.99}) {
            double exact = sorted.get((int) Math.ceil(q * sorted.size()) - 1);
            assertThat(histogram.quantile(q).value())
                    .as("p" + q)
                    .isCloseTo(exact, within(Buckets.INTERPOLATION_ERROR * exact));
        }
    }

    @Test
    void everyLineOfABurstIsPrintedOrCountedAsLost() {
        var script = "probe process(\"" + CALLS
                + "\").syscall { if ($syscall == 110) printf(\"%d %s\\n\", pid(), execname()) }";
        try (var driver = Driver.start(CALLS, "1000000", "2", "hold")) {
            driver.line();
            try (var traced = Traced.start(script)) {
                driver.proceed();
                assertThat(driver.awaitEnd()).isZero();
                var result = traced.stop();
                var expected = driver.pid() + " calls";
                assertThat(traced.lines().stream().filter(expected::equals).count()
                                + result.losses().lostEvents())
                        .isEqualTo(1_000_000);
                assertThat(traced.lines()).allMatch(expected::equals);
            }
        }
    }

    @Test
    void printingAndResettingEverySecondLosesNoCount() {
        var script = """
                global n, s
                probe process("CALLS").syscall { if ($syscall == 110) { n++; s[pid()] <<< 1 } }
                probe timer.ms(10) { printf("%d %d\\n", n, @count(s[PID])); n = 0; delete s }
                probe end { printf("%d %d\\n", n, @count(s[PID])) }
                """.replace("CALLS", CALLS.toString());
        try (var driver = Driver.start(CALLS, "2000000", "2", "hold")) {
            driver.line();
            try (var traced = Traced.start(script.replace("PID", String.valueOf(driver.pid())))) {
                driver.proceed();
                assertThat(driver.awaitEnd()).isZero();
                traced.stop();
                long scalar = 0;
                long statistic = 0;
                for (var line : traced.lines()) {
                    scalar += Long.parseLong(line.split(" ")[0]);
                    statistic += Long.parseLong(line.split(" ")[1]);
                }
                assertThat(scalar).isEqualTo(2_000_000);
                assertThat(statistic).isEqualTo(2_000_000);
                assertThat(traced.lines().size()).isGreaterThan(5);
            }
        }
    }

    private static TreeMap<Integer, Long> buckets(Traced traced, List<Object> key) {
        var found = new TreeMap<Integer, Long>();
        var ids = new java.util.HashSet<Integer>();
        for (var window : traced.windows()) {
            window.opened().stream()
                    .filter(series -> series.keys().equals(key))
                    .forEach(series -> ids.add(series.id()));
            for (var delta : window.deltas()) {
                if (ids.contains(delta.series())) {
                    for (int i = 0; i < delta.buckets().length; i++) {
                        found.merge(delta.buckets()[i], delta.counts()[i], Long::sum);
                    }
                }
            }
        }
        return found;
    }

    /** A sample may hit while another handler adds to the same aggregate, on the same CPU. */
    @Test
    void valuesOfHandlersThatInterruptEachOtherAreAllCounted() {
        var program = Driver.program("driver");
        var script = """
                global all, keyed, calls, samples
                probe process("%s").syscall { calls++; all <<< $syscall; keyed["x"] <<< $syscall }
                probe perf.sw.cpu_clock.sample(100000) { samples++; all <<< 1000; keyed["x"] <<< 1000 }
                probe end {
                    println(calls + samples - @count(all), " ", calls + samples - @count(keyed["x"]))
                    println(samples > 1000, " ", calls >= 4000000, " ", @max(all), " ", @min(keyed["x"]) < 1000)
                    println(calls + samples)
                }
                """.formatted(program);

        try (var traced = Traced.start(script, Traced.command(program + " sys 2000000 2 > /dev/null"))) {
            var result = traced.end();
            assertThat(result.errors()).as(traced.errors()).isZero();
            var losses = result.losses();
            assertThat(traced.lines()).as(losses.toString()).startsWith("0 0", "1 1 1000 1");
            assertThat(losses.hits()).isEqualTo(Long.parseLong(traced.lines().getLast()));
            assertThat(losses.accounts().fired()).isEqualTo(losses.hits());
            assertThat(losses.accounts().updates()).isEqualTo(2 * losses.hits());
            assertThat(losses.accounts().applied()).isEqualTo(2 * losses.hits());
            assertThat(losses.accounts().unsettled()).isZero();
        }
    }

    /** A sample may hit in the middle of another handler, on the same CPU. */
    @Test
    void textsOfHandlersThatInterruptEachOtherStayWhole() {
        var program = Driver.program("driver");
        var script = """
                global calls, samples
                probe process("%s").syscall {
                    calls[sprintf("%%s of %%s, call %%d: %%s", execname(), execname(), $syscall,
                        "words that are too long for the stack and are kept in other memory until they are used")]++
                }
                probe timer.profile {
                    samples[sprintf("%%s is sampled and told in many words, too, %%s", execname(),
                        "which would overwrite those of the others if they were kept at the same place")]++
                }
                probe end {
                    foreach (text in calls) println(calls[text], " ", text)
                    foreach (text in samples) println("sample ", text)
                }
                """.formatted(program);

        try (var traced = Traced.start(script, Traced.command(program + " sys 150000 2 > /dev/null"))) {
            assertThat(traced.end().errors()).as(traced.errors()).isZero();

            var call = "\\d+ .{1,15} of .{1,15}, call \\d+: words .* in other memory until they are used";
            var sample = "sample .{1,15} is sampled and told in many words, too, which .* kept at the same place";
            assertThat(traced.lines()).allMatch(line -> line.matches(call) || line.matches(sample));
            assertThat(traced.lines())
                    .anyMatch(line -> line.matches(sample))
                    .filteredOn(line -> line.contains(", call 110: "))
                    .containsExactly("300000 driver of driver, call 110: words that are too long for the stack and are "
                            + "kept in other memory until they are used");
        }
    }
}
