package io.stapscope.tracer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kernel counted as it happened equals what arrived, whatever was lost on the way. */
@Timeout(120)
class AccountsKernelTest {
    private static final Path CALLS = Driver.program("calls");
    private static final long CALLS_MADE = 200_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "global s; probe process(\"CALLS\").syscall { if ($syscall == 110) s <<< 1 }",
                "global s; probe process(\"CALLS\").syscall { if ($syscall == 110) s[pid(), tid(), $syscall] <<< 1 }",
                "global s; probe process(\"CALLS\").syscall.return { s[$syscall] <<< gettimeofday_ns() - @entry(gettimeofday_ns()) }",
                "probe process(\"CALLS\").syscall { if ($syscall == 110) printf(\"%d %s\\n\", tid(), execname()) }",
                "global s; probe process(\"CALLS\").syscall { printf(\"%d\\n\", $syscall); s[$syscall] <<< 1 }"
                        + " probe process(\"CALLS\").syscall.return { s[$syscall + 1000] <<< 1 }",
            })
    void bothSidesAgreeWhenTheRunIsOver(String script) {
        var losses = run(script);
        var accounts = losses.accounts();
        assertThat(losses.hits()).isGreaterThanOrEqualTo(CALLS_MADE);
        assertThat(accounts.fired()).isEqualTo(losses.hits() + losses.skippedNoEntry());
        assertThat(accounts.updates()).isEqualTo(accounts.applied());
        assertThat(accounts.unsettled()).isZero();
        assertThat(accounts.events()).isEqualTo(accounts.consumed() + losses.lostEvents());
        assertThat(accounts.malformed()).isZero();
        if (script.contains("printf")) {
            assertThat(accounts.events()).isGreaterThanOrEqualTo(CALLS_MADE);
        }
    }

    /** New keys find no room: their values are under (other), so that the total stays right. */
    @Test
    void aFullMapLosesKeysAndNoValues() {
        try (var driver = Driver.start(CALLS, String.valueOf(CALLS_MADE), "1", "hold")) {
            driver.line();
            var script = """
                    global n, s[100]
                    probe process("CALLS").syscall { if ($syscall == 110) { n++; s[n %% 2000] <<< 1 } }
                    """.formatted().replace("CALLS", CALLS.toString());
            try (var traced = Traced.start(script)) {
                driver.proceed();
                assertThat(driver.awaitEnd()).isZero();
                var losses = traced.stop().losses();
                assertThat(losses.lostKeys()).isPositive();
                assertThat(losses.accounts().updates())
                        .isEqualTo(CALLS_MADE)
                        .isEqualTo(losses.accounts().applied());
                int statistic = 1;
                var counts = traced.counts(statistic);
                assertThat(counts.values().stream().mapToLong(Long::longValue).sum())
                        .isEqualTo(CALLS_MADE);
                assertThat(counts).hasSize(101).containsKey(List.of("(other)"));
                assertThat(counts.get(List.of("(other)"))).isEqualTo(losses.lostKeys());
            }
        }
    }

    private static Losses run(String script) {
        try (var driver = Driver.start(CALLS, String.valueOf(CALLS_MADE), "2", "hold")) {
            driver.line();
            try (var traced = Traced.start(script.replace("CALLS", CALLS.toString()))) {
                driver.proceed();
                assertThat(driver.awaitEnd()).isZero();
                return traced.stop().losses();
            }
        }
    }
}
