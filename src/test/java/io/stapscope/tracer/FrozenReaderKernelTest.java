package io.stapscope.tracer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The process that reads stands still while the kernel goes on counting: what is aggregated stays exact, what is printed is
 * lost where the ring buffer ends, and every loss is counted. {@code make faults} makes it stand still for longer.
 */
@Timeout(180)
class FrozenReaderKernelTest {
    /** All of them while the reader stands still; a million takes about two seconds. */
    private static final long CALLS = Long.getLong("faults.frozen", 600_000);

    @Test
    void whatIsCountedMeanwhileIsExactAndWhatIsPrintedIsLostByNumber() throws Exception {
        var program = Driver.program("calls");
        try (var driver = Driver.start(program, String.valueOf(CALLS), "2", "hold")) {
            driver.line();
            var reader = FrozenReader.start(program);
            try (var said = reader.inputReader()) {
                assertThat(said.readLine()).isEqualTo("attached");
                signal(reader, "STOP");
                long stopped = System.nanoTime();
                driver.proceed();
                assertThat(driver.awaitEnd()).isZero();
                long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - stopped);
                signal(reader, "CONT");
                reader.getOutputStream().write('\n');
                reader.getOutputStream().flush();
                var account = FrozenReader.Account.parse(said.readLine());

                assertThat(account.hits()).isGreaterThanOrEqualTo(CALLS);
                assertThat(account.fired()).as("I1").isEqualTo(account.hits());
                assertThat(account.updates()).as("I2").isEqualTo(CALLS).isEqualTo(account.applied());
                assertThat(account.unsettled()).as("I7").isZero();
                assertThat(account.inWindows()).as("I8").isEqualTo(CALLS);
                assertThat(account.events()).as("I3").isEqualTo(CALLS);
                assertThat(account.consumed() + account.lostEvents()).as("I4").isEqualTo(CALLS);
                assertThat(account.lostEvents()).as("more than the ring holds").isPositive();
                assertThat(account.lines()).isEqualTo(account.consumed());
                assertThat(account.malformed() + account.lostOthers()).isZero();
                assertThat(account.windowGapNanos())
                        .as("windows lie side by side")
                        .isZero();
                assertThat(account.longestWindowMillis())
                        .as("one window says how long nobody looked")
                        .isGreaterThanOrEqualTo(millis);
            } finally {
                signal(reader, "CONT");
                reader.destroyForcibly().waitFor();
            }
        }
    }

    private static void signal(Process process, String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
