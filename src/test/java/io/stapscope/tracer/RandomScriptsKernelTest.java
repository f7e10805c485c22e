package io.stapscope.tracer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.stapscope.codegen.Driver;
import io.stapscope.compiler.Compilation.Compiled;
import io.stapscope.compiler.Compilation.Rejected;
import io.stapscope.compiler.CompileOptions;
import io.stapscope.compiler.Compiler;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.Limits;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.interpreter.ScriptGenerator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random scripts on the live kernel: what the verifier takes, and what their handlers give in the kernel against the same
 * handlers run after the hit by the interpreter.
 */
@Tag("kernel")
@Timeout(3600)
class RandomScriptsKernelTest {
    private static final Limits LIMITS = new Limits(512, 2048, 1000, 10_000, 16, 1_000_000, 100);
    private static final int CALLS = 7;

    /** Loads as many as {@code -Drandom.scripts=N} says, from the seed {@code -Drandom.seed=N} on. */
    private static final int LOADS = Integer.getInteger("random.scripts", 300);

    private static final int RUNS = Integer.getInteger("random.runs", 100);
    private static final long SEED = Long.getLong("random.seed", 0);

    private static String target() {
        return "process(\"" + Driver.program() + "\")";
    }

    private static Plan compile(String text) {
        var options = new CompileOptions(List.of(), false, null, LIMITS);
        return switch (Compiler.compile(new SourceText("random.stp", text), Traced.HOST, options)) {
            case Compiled compiled -> compiled.plan();
            case Rejected rejected -> throw new AssertionError(rejected.diagnostics() + "\n" + text);
        };
    }

    @Test
    void theVerifierTakesEveryScript() {
        for (long seed = SEED; seed < SEED + LOADS; seed++) {
            var text = new ScriptGenerator(seed, "a_", "A", "", target()).script();
            load(seed, text);
        }
    }

    private static void load(long seed, String text) {
        try {
            var ignored = KernelTracer.forService(Traced.HOST).verify(compile(text));
        } catch (TraceException e) {
            fail("seed " + seed + ": " + e.getMessage() + " at " + e.span() + "\n" + text, e);
        } catch (RuntimeException e) {
            fail("seed " + seed + "\n" + text, e);
        }
    }

    @Test
    void theKernelGivesWhatTheInterpreterGives() {
        int inKernel = 0;
        for (long seed = SEED; seed < SEED + RUNS; seed++) {
            inKernel += compare(seed);
        }
        assertThat(inKernel).isGreaterThan(RUNS / 2);
    }

    /** Gives 1 when all handlers of the first script ran in the kernel. */
    private static int compare(long seed) {
        var first = new ScriptGenerator(seed, "a_", "A", "", target()).script();
        var second = new ScriptGenerator(seed, "b_", "B", "delete b_forced", target()).script();
        var forced = "global b_forced[1] probe never { b_forced[1] = 1 }\n";
        var plan = compile(first + second + forced);
        int lines = (int) first.lines().count();
        try (var traced = Traced.start(plan)) {
            Driver.run("sys", Integer.toString(CALLS), "1");
            traced.stop();
            var message = "seed " + seed + "\n" + first + "\n" + traced.errors();
            assertThat(part(traced.text(), "A", "a_")).as(message).isEqualTo(part(traced.text(), "B", "b_"));
            assertThat(errors(traced.errors(), 0, lines))
                    .as(message)
                    .isEqualTo(errors(traced.errors(), lines, 2 * lines));
        }
        return plan.handlers().stream()
                        .filter(handler -> handler.span().line() <= lines)
                        .noneMatch(handler -> handler.place() == Handler.Place.DEFERRED)
                ? 1
                : 0;
    }

    /**
     * What one of the two scripts printed in order, then the display of its globals at the end, sorted: handlers that
     * only count may do so at the hit in one script and later in the other.
     */
    private static List<String> part(String text, String tag, String prefix) {
        return Stream.concat(
                        text.lines()
                                .filter(line -> line.startsWith(tag + " "))
                                .map(line -> line.substring(tag.length())),
                        text.lines()
                                .filter(line -> line.startsWith(prefix))
                                .map(line -> line.substring(prefix.length()))
                                .sorted())
                .toList();
    }

    /** Soft errors of the lines behind {@code from} up to {@code to}, with lines counted from there. */
    private static List<String> errors(String text, int from, int to) {
        return text.lines()
                .filter(line -> line.startsWith("ERROR: "))
                .flatMap(line -> {
                    var place = java.util.regex.Pattern.compile("random\\.stp:(\\d+):")
                            .matcher(line);
                    if (!place.find()) {
                        return Stream.of(line);
                    }
                    int number = Integer.parseInt(place.group(1));
                    return number > from && number <= to
                            ? Stream.of(line.replace("a_", "")
                                    .replace("b_", "")
                                    .replaceFirst("stp:\\d+", "stp:" + (number - from)))
                            : Stream.of();
                })
                .toList();
    }
}
