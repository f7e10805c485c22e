package io.stapscope.tracer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("kernel")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ProcessLookupKernelTest {
    @Test
    void theTargetAndItsDescendantsAreTheTargetSet() {
        try (var traced = Traced.start(
                """
                global inside, outside
                probe syscall.getppid { if (execname() == "calls") { if (target_set_pid(pid())) inside++; else outside++ } }
                probe timer.s(60) { println(target_set_pid(target()), target_set_pid(1), inside, outside) }
                probe end { printf("%d %d %d\\n", inside, target_set_pid(1), target_set_pid(0)) }
                """, Traced.command(Driver.program("calls") + " 1000 1; " + Driver.program("calls") + " 500 1"))) {
            traced.end();
            assertThat(traced.text()).isEqualTo("1500 0 0\n");
        }
    }

    @Test
    void aTaskIsFoundByItsId() {
        long self = ProcessHandle.current().pid();
        try (var traced = Traced.start("""
                probe process.syscall {
                    printf("%%d %%s %%s %%d\\n", task_pid(pid2task(%d)) == %d, pid2execname(pid()) == execname() ? "same" : "other",
                        pid2execname(4194305), pid2task(-1))
                    exit()
                }
                """.formatted(self, self), Traced.command(Driver.program("calls") + " 10 1"))) {
            traced.end();
            assertThat(traced.text().lines().findFirst()).contains("1 same  0");
        }
    }

    @Test
    void deferredHandlersFindTasksAtTheHitToo() {
        try (var traced = Traced.start("""
                global names
                probe process.syscall {
                    names[pid2execname(pid())]++
                    foreach (n in names) printf("%s %d\\n", n, target_set_pid(pid()))
                    exit()
                }
                """, Traced.command(Driver.program("calls") + " 10 1"))) {
            traced.end();
            assertThat(traced.text().lines().findFirst().orElse("")).endsWith(" 1");
        }
    }
}
