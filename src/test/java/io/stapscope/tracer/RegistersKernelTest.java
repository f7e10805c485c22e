package io.stapscope.tracer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("kernel")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RegistersKernelTest {
    @Test
    void memoryArgumentsByPositionAndRegistersAreThoseOfTheHit() {
        try (var traced = Traced.start("""
                probe syscall.write {
                    if (pid() == target() && fd == 1) {
                        i = 3
                        printf("[%#.6m] %#.4M %d %d %d %d", $arg2, $arg2, int_arg(1), ulong_arg(i), int_arg(9),
                            @uregister(4) == $arg2)
                        exit()
                    }
                }
                """, Traced.command("echo hello world"))) {
            traced.end();
            assertThat(traced.text()).isEqualTo("[hello ] 68656c6c 1 12 0 1");
        }
    }

    @Test
    void theKernelsMemoryIsPrintedToo() {
        try (var traced = Traced.start("""
                probe process.syscall {
                    if (pid() == target()) {
                        printf("%.2m", &@cast(task_current(), "task_struct")->comm)
                        exit()
                    }
                }
                """, Traced.command("exec sleep 0"))) {
            traced.end();
            assertThat(traced.text()).isEqualTo("sh");
        }
    }
}
