package io.stapscope.tracer;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.codegen.Driver;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("kernel")
@Timeout(60)
class StacksKernelTest {
    private static final int CALLS = 50;

    @Test
    void everyCallPrintsTheStackOfTheKernel() {
        var script = """
                probe process("%s").syscall {
                  if ($syscall == 110) {
                    print_backtrace()
                    println("same ", isinstr(backtrace(), sprintf("0x%%x", stack(0))))
                  }
                }
                """.formatted(Driver.program());
        try (var traced = Traced.start(script)) {
            Driver.run("sys", Integer.toString(CALLS), "1");
            traced.stop();

            var frame = " 0x[0-9a-f]+ : do_syscall_64\\+0x[0-9a-f]+/0x[0-9a-f]+ \\[kernel]";
            assertThat(traced.lines()).filteredOn(line -> line.matches(frame)).hasSize(CALLS);
            assertThat(traced.lines()).noneMatch(line -> line.contains("bpf_trace_run"));
            assertThat(traced.lines()).filteredOn(line -> line.equals("same 1")).hasSize(CALLS);
        }
    }

    @Test
    void theStackOfAProcessThatLivesHasItsNames() throws IOException {
        var script = """
                probe process("%s").syscall {
                  if ($syscall == 0 && $arg1 == 0) {
                    println("top in ", umodname(ustack(0)))
                    print_ubacktrace()
                  }
                }
                """.formatted(Driver.program());
        try (var traced = Traced.start(script)) {
            var driver = new ProcessBuilder(Driver.program().toString(), "wait").start();
            try {
                var text = traced.awaitOutput(out -> out.contains("top in") && out.endsWith("\n"));

                assertThat(text).containsPattern("top in /.*libc.*\n").containsPattern(" 0x[0-9a-f]+ .*libc");
            } finally {
                driver.getOutputStream().write('\n');
                driver.getOutputStream().close();
            }
        }
    }
}
