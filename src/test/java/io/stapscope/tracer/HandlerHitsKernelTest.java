package io.stapscope.tracer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.Plan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each handler is said to be hit as often as its driver made calls, in whatever program it is. */
@Tag("kernel")
@Timeout(120)
class HandlerHitsKernelTest {
    private static final Path FUNCTIONS = Driver.program("functions");
    private static final Path CALLS = Driver.program("calls");
    private static final long N = 20_000;
    /** Calls that last long enough for timers and samples to be due among them. */
    private static final long LONG = 20 * N;

    /** A run that is over. */
    private record Ended(Plan plan, Traced traced, Losses losses) {
        /** Of the only handler of a line of the script. */
        ProbeAccount probe(int line) {
            var found = losses.probes().stream()
                    .filter(each -> handler(each).span().line() == line)
                    .toList();
            assertThat(found).as("handlers of line " + line).hasSize(1);
            return found.getFirst();
        }

        List<Long> hits(int... lines) {
            return IntStream.of(lines).mapToObj(line -> probe(line).hits()).toList();
        }

        private Handler handler(ProbeAccount account) {
            return plan.handlers().get(account.handler());
        }

        /** What the script has counted by itself and printed as its first line. */
        List<Long> numbers() {
            return Stream.of(traced.lines().getFirst().split(" "))
                    .map(Long::valueOf)
                    .toList();
        }

        /** Handlers that the kernel fires make up the hits of the run, which are counted a second time as they begin. */
        void sumsAgree() {
            long sum = losses.probes().stream()
                    .filter(each -> handler(each).place() != Handler.Place.USER)
                    .mapToLong(ProbeAccount::hits)
                    .sum();
            assertThat(sum).isEqualTo(losses.hits()).isEqualTo(losses.accounts().fired() - losses.skippedNoEntry());
        }
    }

    private static Plan plan(String script) {
        return Traced.compile(script.replace("P\"", FUNCTIONS + "\"").replace("C\"", CALLS + "\""), false);
    }

    private static Ended functions(String script) {
        var plan = plan(script);
        try (var traced = Traced.start(plan)) {
            try (var driver = Driver.start(FUNCTIONS, "calls", String.valueOf(N / 2), "2")) {
                driver.line();
                assertThat(driver.awaitEnd()).isZero();
            }
            return new Ended(plan, traced, traced.stop().losses());
        }
    }

    private static Ended calls(long calls, String script, RunOptions options) {
        var plan = plan(script);
        try (var driver = Driver.start(CALLS, String.valueOf(calls), "2", "hold")) {
            driver.line();
            try (var traced = Traced.start(plan, options)) {
                driver.proceed();
                assertThat(driver.awaitEnd()).isZero();
                return new Ended(plan, traced, traced.stop().losses());
            }
        }
    }

    @Test
    void handlersOfOneProgramAndOfSeveralAreCountedEach() {
        var ended = functions("""
                global a, b, c, d, e, ticks
                probe leaf = process("P").function("landing_first") { }
                probe begin { a = 0 }
                probe process("P").function("push_first") { a++ }
                probe process("P").function("nop_first") { b++ }
                probe process("P").function("step_first").return { c++ }
                probe process("P").function("*_first") { d++ }
                probe leaf { e++ }
                probe timer.ms(20) { ticks++ }
                probe end { printf("%d %d %d %d %d %d\\n", a, b, c, d, e, ticks) }
                """);
        ended.sumsAgree();
        assertThat(ended.losses().hits()).isEqualTo(8 * N);
        assertThat(ended.hits(4, 5, 6, 7, 8)).containsExactly(N, N, N, 4 * N, N);
        assertThat(ended.hits(3, 10)).containsExactly(1L, 1L);
        var counted = ended.numbers();
        assertThat(counted.subList(0, 5)).containsExactly(N, N, N, 4 * N, N);
        assertThat(ended.hits(9)).containsExactly(counted.getLast());
    }

    @Test
    void handlersThatInterruptEachOtherAreCountedEach() {
        var ended = calls(LONG, """
                global calls, wanted, returns, samples
                probe process("C").syscall { calls++ }
                probe process("C").syscall { if ($syscall == 110) wanted++ }
                probe process("C").syscall.return { returns++ }
                probe perf.sw.cpu_clock.sample(100000) { samples++ }
                probe end { printf("%d %d %d %d\\n", calls, calls, returns, samples) print(wanted) }
                """, RunOptions.defaults());
        ended.sumsAgree();
        assertThat(ended.traced().text()).endsWith(String.valueOf(LONG));
        assertThat(ended.hits(2, 3, 4, 5)).isEqualTo(ended.numbers()).allMatch(hits -> hits > 100);
        assertThat(ended.losses().hits())
                .isEqualTo(ended.numbers().stream().mapToLong(each -> each).sum());
    }

    /** Its body runs in user space, after the hit, and is still counted where it happened. */
    @Test
    void deferredHandlersAreCountedInTheKernel() {
        var ended = calls(N, """
                global seen[10], rounds
                probe process("C").syscall { if ($syscall == 110) { foreach (k in seen) rounds += 0 * k
                                             seen[pid()]++ } }
                probe process("C").syscall { if ($syscall == 110) rounds++ }
                probe end { print(rounds) }
                """, RunOptions.defaults());
        ended.sumsAgree();
        assertThat(ended.handler(ended.probe(2)).place()).isEqualTo(Handler.Place.DEFERRED);
        assertThat(ended.hits(2)).isEqualTo(ended.hits(4));
        assertThat(ended.probe(2).hits()).isGreaterThanOrEqualTo(N);
    }

    @Test
    void aHandlerIsToldWhatItLost() {
        var ended = calls(N, """
                global n, few[100], all
                probe process("C").syscall { if ($syscall == 110) { n++; few[n % 2000] <<< 1 } }
                probe process("C").syscall { if ($syscall == 110) all <<< 1 }
                """, RunOptions.defaults());
        assertThat(ended.losses().lostKeys()).isPositive();
        assertThat(ended.probe(2).lost()).isEqualTo(ended.losses().lost());
        assertThat(ended.probe(3).lost()).isZero();
    }

    /** The kernel times programs: what one handler has for itself is measured, what two share is divided by hits. */
    @Test
    void theTimeOfAProgramIsThatOfItsHandlers() {
        var ended = calls(
                LONG, """
                global a, b, c
                probe process("C").syscall { a++ }
                probe process("C").syscall { if ($syscall == 110) b++ }
                probe process("C").syscall.return { c++ }
                probe timer.ms(1) { a = 0 }
                probe never { a = 1 }
                """, new RunOptions(0, null, null, Duration.ofSeconds(1), Set.of(), List.of(), false, true));
        var entry = ended.probe(2);
        assertThat(entry.estimated()).isTrue();
        assertThat(entry.nanosPerHit()).isPositive().isEqualTo(ended.probe(3).nanosPerHit());
        var returns = ended.probe(4);
        assertThat(returns.estimated()).isFalse();
        assertThat(returns.nanosPerHit()).isPositive();
        var kernel = List.of(entry, ended.probe(3), returns);
        double sum = kernel.stream()
                .mapToLong(each -> each.hits() * each.nanosPerHit())
                .sum();
        double all = ended.losses().hits() * ended.losses().nanosPerHit();
        assertThat(sum).isCloseTo(all, within(2.0 * ended.losses().hits()));
        assertThat(ended.probe(5).nanosPerHit()).isPositive();
        assertThat(ended.probe(5).estimated()).isFalse();
        assertThat(ended.probe(6)).isEqualTo(new ProbeAccount(4, 0, 0, ProbeAccount.UNKNOWN, false));
    }
}
