package io.stapscope.compiler.lowering;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.Compile;
import io.stapscope.compiler.ir.Global.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadArraysTest {
    private static final String SCRIPT = """
            global s, h
            probe process.syscall { s[tid()] = gettimeofday_ns() }
            probe process.syscall.return { %s }
            """;

    private static Place place(String script) {
        return Compile.plan(script).globals().getFirst().place();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "if (tid() in s) h <<< gettimeofday_ns() - s[tid()]",
                "t = tid() if (t in s) { h <<< gettimeofday_ns() - s[t]; delete s[t] }",
                "t = tid() begun = s[t] if (!begun) next h <<< gettimeofday_ns() - begun",
                "if ($return > 0) { s[tid()] += 2 h <<< s[tid()] }"
            })
    void whatOnlyItsOwnThreadTouchesIsKeptWithTheThread(String body) {
        assertThat(place(SCRIPT.formatted(body))).isEqualTo(Place.THREAD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "h <<< s[pid()]",
                "h <<< s[$return]",
                // It may be another number there, or none.
                "if ($return) t = tid() h <<< s[t]",
                "h <<< s[t] t = tid()",
                "t = tid() t++ h <<< s[t]",
                "h <<< s[tid()] + 1 delete s",
            })
    void whatMayBeOfAnotherThreadIsNot(String body) {
        assertThat(place(SCRIPT.formatted(body))).isNotEqualTo(Place.THREAD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "probe end { foreach (t in s) println(t) }",
                "probe timer.profile { h <<< s[tid()] }",
                "probe kernel.trace(\"sched_switch\") { h <<< s[tid()] }",
                "function f(t) { return s[t] } probe process.syscall.return { h <<< f(tid()) }",
                "probe process.syscall.return { foreach (t in s) println(t) }"
            })
    void whatIsReadElsewhereToo(String probe) {
        assertThat(place(SCRIPT.formatted("h <<< s[tid()]") + probe)).isNotEqualTo(Place.THREAD);
    }

    @Test
    void whatIsShownAtTheEndStaysInOnePlace() {
        assertThat(place("global s probe process.syscall { s[tid()] = gettimeofday_ns() }"))
                .isEqualTo(Place.KERNEL);
        assertThat(place("global s probe process.syscall { s[tid()]++ if (s[tid()] > 3) exit() }"))
                .isEqualTo(Place.KERNEL);
        assertThat(place("global s% probe process.syscall { s[tid()] = 1 if (s[tid()] > 3) exit() }"))
                .isNotEqualTo(Place.THREAD);
    }
}
