package io.stapscope.codegen;

import static io.stapscope.codegen.Script.context;
import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.codegen.layout.CounterLayout.Counter;
import io.stapscope.compiler.ir.ContextValue;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.ProbePoint.Event;
import io.stapscope.compiler.ir.ProbePoint.Target;
import io.stapscope.compiler.type.Type;
import io.stapscope.interpreter.Ir;
import io.stapscope.kernel.syscall.NativeBuffer;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("kernel")
@Timeout(60)
class ProcessEventsKernelTest {
    private final Target driver = Driver.target(KernelRun.HOST);

    /** How often each event was seen while the driver ran. */
    private Map<Event, Long> eventsOf(Target target, String... arguments) {
        var script = new Script();
        var counts = new EnumMap<Event, Global>(Event.class);
        for (var event : new Event[] {Event.BEGIN, Event.END, Event.THREAD_BEGIN, Event.THREAD_END}) {
            var count = script.scalar();
            counts.put(event, count);
            script.on(event, target, Ir.add(count, Ir.number(1), null));
        }
        var seen = new EnumMap<Event, Long>(Event.class);
        try (var run = KernelRun.attach(script.plan())) {
            Driver.run(arguments);
            run.detach();
            counts.forEach((event, count) -> seen.put(event, run.scalar(count)));
        }
        return seen;
    }

    @Test
    void beginAndEndAreOfLeadersAndThreadsAreApart() {
        // The image of the driver begins by exec; the fork before it is still the tracer's.
        assertThat(eventsOf(driver, "fork", "7", "3"))
                .containsEntry(Event.BEGIN, 8L)
                .containsEntry(Event.END, 8L)
                .containsEntry(Event.THREAD_BEGIN, 21L)
                .containsEntry(Event.THREAD_END, 21L);
    }

    @Test
    void execEndsOneImageAndBeginsAnother() {
        assertThat(eventsOf(driver, "exec", "leader"))
                .containsEntry(Event.BEGIN, 2L)
                .containsEntry(Event.END, 2L);
    }

    @Test
    void execFromAThreadEndsTheOldImageOnce() {
        assertThat(eventsOf(driver, "exec", "thread"))
                .containsEntry(Event.BEGIN, 2L)
                .containsEntry(Event.END, 2L)
                .containsEntry(Event.THREAD_BEGIN, 1L);
    }

    @Test
    void everyoneIncludesTheDriverAndLeavesOutOurselves() {
        var script = new Script();
        var byProcess = script.array(4096, Type.LONG);
        script.on(
                Event.SYSCALL, new Target.Everyone(), Ir.add(byProcess, Ir.number(1), null, context(ContextValue.PID)));
        try (var run = KernelRun.attach(script.plan())) {
            Driver.run("sys", "500", "1");
            run.detach();
            long self = ProcessHandle.current().pid();
            assertThat(run.array(byProcess).keySet())
                    .noneMatch(key -> key.getFirst().equals(self));
            assertThat(run.array(byProcess).values()).anyMatch(count -> count >= 500);
            assertThat(run.counter(Counter.SKIPPED_SELF)).isPositive();
        }
    }

    @Test
    void processIdsAndUnrelatedPathsMatchOnlyThemselves() {
        var script = new Script();
        var mine = script.scalar();
        var others = script.scalar();
        script.on(Event.SYSCALL, new Target.Pid(1 << 22), Ir.add(mine, Ir.number(1), null));
        script.on(Event.SYSCALL, new Target.Executable("/nowhere", 1, 1), Ir.add(others, Ir.number(1), null));
        try (var run = KernelRun.attach(script.plan())) {
            Driver.run("sys", "100", "1");
            run.detach();
            assertThat(run.scalar(mine)).isZero();
            assertThat(run.scalar(others)).isZero();
        }
    }

    @Test
    void theTargetsFamilyGrowsWithItsForks() throws Exception {
        var script = new Script();
        var begun = script.scalar();
        var calls = script.scalar();
        script.on(Event.BEGIN, new Target.Session(), Ir.add(begun, Ir.number(1), null));
        script.on(Event.SYSCALL, new Target.Session(), Script.onGetppid(Ir.add(calls, Ir.number(1), null)));
        var shell = new ProcessBuilder("/bin/sh", "-c", "read line; " + Driver.program() + " sys 100 2; exit 0")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var run = KernelRun.attach(script.plan(), KernelRun.HOST, (int) shell.pid())) {
            Driver.run("sys", "50", "1");
            shell.outputWriter().append('\n').close();
            assertThat(shell.waitFor()).isZero();
            run.detach();
            // The shell's child begins by fork and again by exec.
            assertThat(run.scalar(begun)).isEqualTo(2);
            assertThat(run.scalar(calls)).isEqualTo(200);
            var none = NativeBuffer.allocate(4);
            assertThat(run.map("descendants").nextKey(null, none)).isFalse();
        } finally {
            shell.destroyForcibly();
        }
    }
}
