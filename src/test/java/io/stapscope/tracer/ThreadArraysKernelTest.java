package io.stapscope.tracer;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.codegen.Functions;
import io.stapscope.compiler.ir.Global.Place;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a thread keeps from one hit to the next, in an array by tid(). */
@Tag("kernel")
@Timeout(60)
class ThreadArraysKernelTest {
    private static final int CALLS = 20_000;

    @Test
    void everyCallOfTwoThreadsFindsWhatItsOwnEntryKept() {
        var functions = Functions.build();
        var script = """
                global kept, right, wrong
                probe process("%1$s").function("push_first").call { kept[tid()] = int_arg(1) + tid() }
                probe process("%1$s").function("push_first").return {
                  t = tid()
                  if (t in kept) {
                    if (kept[t] == $return - 1 + t) right["calls"] <<< 1
                    else wrong["calls"] <<< 1
                    delete kept[t]
                    if (t in kept) wrong["deleted"] <<< 1
                    if (kept[t]) wrong["not 0"] <<< 1
                  } else wrong["absent"] <<< 1
                }
                """.formatted(functions.program);
        assertThat(Traced.compile(script, false).globals().getFirst().place()).isEqualTo(Place.THREAD);
        try (var traced = Traced.start(script)) {
            functions.run("calls", Integer.toString(CALLS), "2");
            traced.stop();

            assertThat(traced.counts(1)).isEqualTo(Map.of(List.of("calls"), 2L * CALLS));
            assertThat(traced.counts(2)).isEmpty();
            assertThat(traced.events()).anySatisfy(event -> assertThat(event.text())
                    .isEqualTo("attached 2 probes by 1 program at 1 place in code"));
        }
    }
}
