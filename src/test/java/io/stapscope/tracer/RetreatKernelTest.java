package io.stapscope.tracer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stapscope.codegen.Driver;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("kernel")
@Timeout(120)
class RetreatKernelTest {
    private static final int CALLS = 20;

    @Test
    void aHandlerTooLargeForTheKernelRunsAfterTheHitAndLosesNothing() {
        var statements = IntStream.range(0, 300)
                .mapToObj(i ->
                        "s = execname() . s0 . \"%d\" . execname() . s0 . execname(); a[%d, s]++".formatted(i, i % 3))
                .collect(Collectors.joining("\n"));
        var script = """
                global a%%, s0 = "-"
                probe process("%s").syscall {
                  if ($syscall == 110) {
                %s
                  n++
                  }
                }
                global n
                """.formatted(Driver.program(), statements);
        try (var traced = Traced.start(script.replace("a%", "a[400]"))) {
            Driver.run("sys", Integer.toString(CALLS), "1");
            traced.stop();

            assertThat(traced.lines()).contains("n=" + CALLS, "a[2,\"driver-299driver-driver\"]=" + CALLS);
        }
    }

    @Test
    void aCounterThatIsNotThereIsToldAtItsProbe() {
        assertThatThrownBy(() -> Traced.start("global n probe perf.type(0).config(99999).sample(1000) { n++ }"))
                .hasMessageContaining("this machine does not count the perf event of type 0, config 99999")
                .hasMessageContaining("test.stp:1:");
    }
}
