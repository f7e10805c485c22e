package io.stapscope.tracer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("kernel")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ExchangeKernelTest {
    @Test
    void aFileIsMadeWhenItIsRead() {
        try (var traced = Traced.start("""
                global reads
                probe procfs("a/count").read { reads++ $value = sprintf("read %d", reads) $value .= " times\\n" }
                """)) {
            assertThat(traced.run().files()).containsExactly(new RunFile("a/count", true, false, 4096, 0666));
            assertThat(traced.run().read("a/count").join()).isEqualTo("read 1 times\n");
            assertThat(traced.run().read("a/count").join()).isEqualTo("read 2 times\n");
            assertThatThrownBy(() -> traced.run().write("a/count", "x").join())
                    .hasMessageContaining("no probe takes the file a/count");
        }
    }

    @Test
    void aFileGrowsToItsSizeAndNoFurther() {
        try (var traced = Traced.start("""
                probe procfs("big").maxsize(2000).read { for (i = 0; i < 100; i++) $value .= sprintf("%099d\\n", i) }
                """)) {
            assertThat(traced.run().read("big").join()).hasSize(2000).startsWith("0".repeat(99) + "\n");
        }
    }

    @Test
    void whatIsWrittenComesToItsProbe() {
        try (var traced = Traced.start("""
                probe procfs("set").umask(0077).maxsize(5).write { printf("got %s.", $value) }
                """)) {
            assertThat(traced.run().files()).containsExactly(new RunFile("set", false, true, 5, 0600));
            traced.run().write("set", "abcdefg").join();
            traced.run().stop("done");
            traced.run().result().join();
            assertThat(traced.text()).isEqualTo("got abcde.");
        }
    }

    @Test
    void inputComesByCharacterAndByLine() {
        try (var traced = Traced.start("""
                probe input.char { printf("<%s>", char) }
                probe input.line { printf("[%s]", line) if (line == "end\\n") exit() }
                """)) {
            traced.run().input("a\ne");
            traced.run().input("nd\n");
            traced.run().result().join();
            assertThat(traced.text()).isEqualTo("<a><\n>[a\n]<e><n><d><\n>[end\n]");
        }
    }

    @Test
    void afterTheEndNothingIsAnswered() {
        try (var traced = Traced.start("probe procfs(\"x\").read { $value = \"1\" }")) {
            traced.run().stop("done");
            traced.run().result().join();
            assertThatThrownBy(() -> traced.run().read("x").join())
                    .isInstanceOf(CompletionException.class)
                    .hasMessageContaining("the run has ended");
        }
    }
}
