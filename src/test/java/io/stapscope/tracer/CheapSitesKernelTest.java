package io.stapscope.tracer;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.ProbePoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A probe that looks at nothing goes where it costs less, and counts the same. */
@Tag("kernel")
@Timeout(60)
class CheapSitesKernelTest {
    private static final int CALLS = 10_000;

    @TempDir
    static Path folder;

    /** The first instruction of {@code work} changes an argument and runs in a single step, the second is a push. */
    private static final String PROGRAM = """
            #include <stdio.h>
            long work(long a, long b);
            __asm__(".globl work\\n.type work, @function\\nwork:\\n  lea (%rdi,%rsi), %rdi\\n  push %rbx\\n  pop %rbx\\n  mov %rdi, %rax\\n  ret\\n.size work, . - work");
            int main(void) { long sum = 0; for (long i = 0; i < 10000; i++) sum += work(i, 1); printf("%ld\\n", sum); return 0; }
            """;

    private static Path build() throws IOException, InterruptedException {
        var source = Files.writeString(folder.resolve("cheap.c"), PROGRAM);
        var program = folder.resolve("cheap");
        var compiler = new ProcessBuilder("cc", "-O1", "-o", program.toString(), source.toString())
                .inheritIO()
                .start();
        assertThat(compiler.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return program.toRealPath();
    }

    private static ProbePoint.CodeSite site(Plan plan) {
        return ((ProbePoint.Code) plan.handlers().getFirst().point()).sites().getFirst();
    }

    @Test
    void whatIsNotLookedAtMayHaveChanged() throws IOException, InterruptedException {
        var program = build();
        var counting = "global n probe process(\"" + program + "\").function(\"work\") { n++ }";
        var looking = "global n probe process(\"" + program + "\").function(\"work\") { n++ print_ubacktrace() }";
        var returning = "global n probe process(\"" + program + "\").function(\"work\").return { n++ }";

        for (var script : List.of(counting, returning)) {
            var moved = site(Traced.compile(script, false));
            assertThat(moved.address()).isEqualTo(moved.entry() + 4);
        }
        var kept = site(Traced.compile(looking, false));
        assertThat(kept.address()).isEqualTo(kept.entry());
        for (var script : List.of(counting, returning)) {
            try (var traced =
                    Traced.start(script + " probe end { println(n) }", Traced.command(program + " > /dev/null"))) {
                traced.end();
                assertThat(traced.lines()).containsExactly(String.valueOf(CALLS));
            }
        }
    }
}
