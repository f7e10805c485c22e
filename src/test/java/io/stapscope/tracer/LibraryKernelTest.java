package io.stapscope.tracer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only user space can do gives the same answers for hits of the kernel: 1000 calls of getppid. */
@Tag("kernel")
@Timeout(120)
class LibraryKernelTest {
    private static final Path CALLS = Driver.program("calls");

    @ParameterizedTest
    @CsvSource(
            delimiterString = "@@",
            value = {
                "if (execname() =~ \"^(c)(a|l)*s$\") n += strlen(matched(1)) @@ println(n) @@ 1000",
                "if (execname() !~ \"calls\") n++; else n += 2 @@ println(n) @@ 2000",
                "t = tokenize(\"12 x\", \" \"); n += strtol(t, 10); if (tokenize(\" \") == \"x\") n++ @@ println(n) @@ 13000",
                "try { n += 5 / ($syscall - 110) } catch (m) { if (m == \"division by 0\") n++ } @@ println(n) @@ 1000",
                "try { if (pid() > 0) error(\"x\" . execname()) } catch (m) { a[m]++ } @@ println(a[\"xcalls\"]) @@ 1000",
                "s <<< $syscall; n++ @@ println(@variance(s), \" \", @count(s)) @@ 0 1000",
                "w[n++] = $syscall @@ foreach (k in w) last = k; println(last) @@ 999",
                "n += indent_depth(1) >= 0 ? 1 : 0 @@ println(n) @@ 1000",
                "id = speculation(); speculate(id, execname()); discard(id); n = id @@ println(n) @@ 1000",
                "if (isinstr(str_replace(execname(), \"ll\", \"LL\"), \"aLLs\")) n++ @@ println(n) @@ 1000",
            })
    void answersAreTheSameForHits(String each, String atTheEnd, String expected) {
        var script =
                "global n = 0, a, s, w%[10]\nprobe process(\"" + CALLS + "\").syscall { if ($syscall == 110) { " + each
                        + " } }\nprobe end { if (0) { a[\"\"] = 0; s <<< 1; w[1] = 1; println(n, a[\"\"], @count(s), w[1]) } "
                        + atTheEnd + " }";
        try (var driver = Driver.start(CALLS, "1000", "1", "hold")) {
            driver.line();
            try (var traced = Traced.start(script)) {
                driver.proceed();
                assertThat(driver.awaitEnd()).isZero();
                traced.stop();
                assertThat(traced.errors()).isEmpty();
                assertThat(traced.text()).isEqualTo(expected + "\n");
            }
        }
    }

    @Test
    void theSetOfTheTargetHoldsItsChildren() {
        var options = Traced.command("sh -c '" + CALLS + " 1000 1; " + CALLS + " 500 1'");
        var script = "global n = 0, others = 0\nprobe process(\"" + CALLS + "\").syscall { if ($syscall == 110) {"
                + " if (target_set_pid(pid())) n++; else others++ } }\n"
                + "probe end { println(n, \" \", others) }";
        try (var stranger = Driver.start(CALLS, "700", "1", "hold")) {
            stranger.line();
            try (var traced = Traced.start(script, options)) {
                stranger.proceed();
                assertThat(stranger.awaitEnd()).isZero();
                traced.end();
                assertThat(traced.text()).isEqualTo("1500 700\n");
            }
        }
    }
}
