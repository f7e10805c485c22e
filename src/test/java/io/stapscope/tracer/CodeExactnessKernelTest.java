package io.stapscope.tracer;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.codegen.Functions;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.Limits;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.ProbePoint.CodeSite;
import io.stapscope.compiler.ir.ProbePoint.Target;
import io.stapscope.interpreter.Ir;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every call and every return of functions is counted, or counted as lost. */
@Tag("kernel")
@Timeout(120)
class CodeExactnessKernelTest {
    private static final Path FUNCTIONS = Driver.program("functions");
    private static final int OFFSETS = 14;

    /** A million with {@code make soak-probes}. */
    private static final int CALLS = Integer.getInteger("exactness.calls", 100_000);

    private static void run(String... arguments) {
        try (var driver = Driver.start(FUNCTIONS, arguments)) {
            driver.line();
            assertThat(driver.awaitEnd()).isZero();
        }
    }

    @Test
    void allCallsAndReturnsOfTwoThreadsAreCountedAtEachKindOfEntry() {
        var script = """
                global calls, returns
                probe process("P").function("push_first"), process("P").function("nop_first"),
                    process("P").function("step_first") { calls[probefunc()]++ }
                probe process("P").function("push_first").return, process("P").function("nop_first").return,
                    process("P").function("step_first").return { returns[probefunc()]++ }
                probe end { foreach (f+ in calls) printf("%s %d %d\\n", f, calls[f], returns[f]) }
                """.replace("P\"", FUNCTIONS + "\"");
        // As they are, not where they cost less.
        try (var traced = Traced.start(MovesKernelTest.atEntries(Traced.compile(script, false)))) {
            run("calls", String.valueOf(CALLS / 2), "2");
            var result = traced.stop();

            var each = " " + CALLS + " " + CALLS;
            assertThat(traced.lines()).containsExactly("nop_first" + each, "push_first" + each, "step_first" + each);
            assertThat(result.losses().lost()).isZero();
        }
    }

    @Test
    void returnsOfCallsThatAreNestedTooDeepAreLostAndSaidSo() {
        var script = """
                global calls, returns
                probe process("P").function("recurse") { calls++ }
                probe process("P").function("recurse").return { returns++ }
                probe end { printf("%d %d\\n", calls, returns) }
                """.replace("P\"", FUNCTIONS + "\"");
        try (var traced = Traced.start(script)) {
            run("recurse", "99");
            var losses = traced.stop().losses();

            assertThat(traced.lines()).containsExactly("100 64");
            assertThat(losses.lostReturns()).isEqualTo(36);
            assertThat(losses.recursionMisses()).isZero();
            assertThat(losses.lost()).isEqualTo(36);
            assertThat(traced.errors()).contains("WARNING: 36 returns were not seen");
        }
    }

    @Test
    void ofTheBytesOfAFunctionOnlyTheBeginningsOfInstructionsAreProbed() throws TraceException {
        var functions = Functions.of(FUNCTIONS);
        var sites = new ArrayList<CodeSite>();
        for (int i = 0; i < OFFSETS; i++) {
            var site = functions.site("recurse", i);
            sites.add(new CodeSite("recurse+" + i, "recurse", site.address(), site.address(), site.offset(), 0));
        }
        var point = functions.point(false, new Target.Everyone(), sites.toArray(CodeSite[]::new));
        var handler = new Handler(
                0,
                Ir.HERE,
                point,
                Handler.Place.KERNEL,
                List.of(),
                List.of(),
                List.of(),
                Ir.block(Ir.print(Ir.text("hit\n"))));
        var plan = new Plan(Ir.HERE.source(), List.of(), List.of(), List.of(handler), Limits.DEFAULT);
        try (var traced = Traced.start(Traced.HOST, plan)) {
            run("recurse", "0");
            traced.stop();

            // push %rbx; mov %rdi, %rbx; xor %eax, %eax; test %rdi, %rdi; je; lea, which is jumped over.
            assertThat(traced.lines().stream().filter(line -> line.contains("hit")))
                    .hasSize(5);
            assertThat(traced.events())
                    .filteredOn(event -> event.kind().equals("left_out"))
                    .singleElement()
                    .satisfies(event -> assertThat(event.text())
                            .startsWith("8 places are left out: ")
                            .contains("recurse+2 ", "recurse+3 ", "recurse+5 ", "recurse+7 ", "recurse+8 ")
                            .contains("recurse+10 ", "recurse+12 ", "recurse+13 ")
                            .contains("is not where an instruction begins"));
        }
    }
}
