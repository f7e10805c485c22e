package io.stapscope.tracer;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.ir.ProbePoint.CodeSite;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A probe that is moved over instructions tells the same as one at the first instruction, for each kind of instruction. */
@Tag("kernel")
@Timeout(120)
class MovesKernelTest {
    private static final Path PROGRAM = Driver.program("moves");
    private static final List<String> OVER = List.of(
            "flags",
            "bytes",
            "clear",
            "copies",
            "address",
            "loads",
            "unread",
            "landing",
            "vectors",
            "red_zone",
            "saves",
            "stack",
            "frame",
            "pointer",
            "aligned",
            "argument",
            "copied",
            "kept",
            "swapped",
            "rotated",
            "added",
            "subtracted",
            "stored",
            "stored_below",
            "stored_by_pointer",
            "reloaded",
            "recursion",
            "joiner");

    /** Those that keep the lower halves of the first two arguments only. */
    private static final List<String> HALVES = List.of("sign", "zeros", "halves");

    /** Those that change what is looked at, and those where something jumps behind the first instruction. */
    private static final List<String> BEFORE =
            List.of("lost", "lost_copy", "lost_store", "store", "loop", "loop_copied", "joined");

    private static String script(String probe) {
        var script = new StringBuilder("global sums, texts, points, n\n");
        Stream.of(OVER, HALVES, BEFORE)
                .flatMap(List::stream)
                .forEach(each -> script.append(probe.replace("MOVE", each)));
        return script.append("""
                probe end {
                    foreach (k+ in sums) printf("%s %d %d %s\\n", k, n[k], sums[k], points[k])
                    foreach ([k+, t] in texts) printf("%s %s %d\\n", k, t, texts[k, t])
                }
                """).toString().replace("PROGRAM", PROGRAM.toString());
    }

    private static final String CALL = """
            probe process("PROGRAM").function("move_MOVE") {
                n["MOVE"]++
                sums["MOVE"] = sums["MOVE"] * 31 + @uregister(5) * 7 + @uregister(4) * 3 + @uregister(1) + @uregister(2)
                texts["MOVE", user_string(@uregister(1))]++
                points["MOVE"] = sprintf("%s %s %x", pp(), probefunc(), uaddr() & 0xfff)
            }
            """;

    private static final String RETURN = """
            probe process("PROGRAM").function("move_MOVE").return {
                n["MOVE"]++
                sums["MOVE"] = sums["MOVE"] * 31 + @uregister(0) + @entry(@uregister(5) * 7 + @uregister(4))
                texts["MOVE", @entry(user_string(@uregister(1)))]++
                points["MOVE"] = pp()
            }
            """;

    private static final String NARROW = """
            probe process("PROGRAM").function("move_MOVE") {
                n["MOVE"]++
                sums["MOVE"] = sums["MOVE"] * 31 + ((@uregister(5) << 32) >> 32) * 7 + (@uregister(4) & 0xffffffff) * 3
                texts["MOVE", sprintf("%d", (@uregister(5) << 48) >> 48 < 0)]++
            }
            """;

    private static final String TYPED = """
            global n, sum, negative
            probe process("PROGRAM").function("typed") {
                n++
                sum = sum * 31 + $a * 7 + $b * 5 + $c * 3 + $d
                if ($b < 0) negative++
            }
            probe end { printf("%d %d %d\\n", n, negative, sum) }
            """;

    private static final String ALL = """
            probe process("PROGRAM").function("move_*") {
                n[probefunc()]++
                sums[probefunc()] = sums[probefunc()] * 31 + @uregister(5) * 7 + @uregister(4) * 3 + @uregister(2)
            }
            """;

    private static final String STACK = """
            probe process("PROGRAM").function("move_MOVE") {
                n["MOVE"]++
                texts["MOVE", sprint_ubacktrace()]++
                sums["MOVE"] = sums["MOVE"] * 31 + user_long(@uregister(7)) + (@uregister(16) & 0xfff)
            }
            """;

    static Plan atEntries(Plan plan) {
        var handlers = plan.handlers().stream().map(MovesKernelTest::atEntries).toList();
        return new Plan(plan.script(), plan.globals(), plan.functions(), handlers, plan.limits());
    }

    private static Handler atEntries(Handler handler) {
        if (!(handler.point() instanceof ProbePoint.Code code)) {
            return handler;
        }
        var sites = code.sites().stream().map(MovesKernelTest::atEntry).toList();
        var point = new ProbePoint.Code(
                code.text(), code.path(), code.device(), code.inode(), code.target(), code.atReturn(), sites);
        return new Handler(
                handler.id(),
                handler.span(),
                point,
                handler.place(),
                handler.locals(),
                handler.entries(),
                handler.captures(),
                handler.body());
    }

    private static CodeSite atEntry(CodeSite site) {
        long moved = site.address() - site.entry();
        return new CodeSite(
                site.text(),
                site.function(),
                site.entry(),
                site.entry(),
                site.offset() - moved,
                site.semaphoreOffset());
    }

    private static List<String> moved(Plan plan) {
        return plan.handlers().stream()
                .flatMap(handler ->
                        handler.point() instanceof ProbePoint.Code code ? code.sites().stream() : Stream.empty())
                .filter(site -> site.address() != site.entry())
                .map(site -> site.function().substring("move_".length()))
                .collect(Collectors.toList());
    }

    /** Without the addresses of each run at random. */
    private static List<String> run(Plan plan, String calls) {
        try (var traced = Traced.start(plan);
                var driver = Driver.start(Path.of("/usr/bin/setarch"), "-R", PROGRAM.toString(), calls)) {
            driver.line();
            assertThat(driver.awaitEnd()).isZero();
            var result = traced.stop();
            assertThat(traced.errors()).isEmpty();
            assertThat(result.losses().lost()).isZero();
            return traced.lines();
        }
    }

    private static List<String> isTheSameAtEntries(Plan plan, String calls) {
        var lines = run(plan, calls);
        assertThat(lines).isEqualTo(run(atEntries(plan), calls));
        return lines;
    }

    private static void isTheSameForAll(Plan plan, String calls) {
        var lines = isTheSameAtEntries(plan, calls);
        for (var each : OVER) {
            if (!each.equals("recursion")) {
                assertThat(lines).anyMatch(line -> line.startsWith(each + " " + calls + " "));
            }
        }
    }

    @Test
    void argumentsAndTextsAreThoseOfTheEntry() {
        var plan = Traced.compile(script(CALL), false);

        assertThat(moved(plan)).containsExactlyInAnyOrderElementsOf(OVER);
        isTheSameForAll(plan, "10000");
    }

    @Test
    void lowerHalvesAreThoseOfTheEntry() {
        var plan = Traced.compile(script(NARROW), false);

        assertThat(moved(plan)).containsAll(OVER).containsAll(HALVES).doesNotContain("lost", "lost_copy", "loop");
        isTheSameForAll(plan, "10000");
    }

    @Test
    void parametersOfNarrowTypesAreThoseOfTheEntry() {
        var plan = Traced.compile(TYPED.replace("PROGRAM", PROGRAM.toString()), false);

        assertThat(places(plan, "typed")).hasSize(1);
        // Its second parameter is negative in half of the calls.
        assertThat(isTheSameAtEntries(plan, "10000"))
                .hasSize(1)
                .first()
                .asString()
                .contains(" 5000 ");
    }

    @Test
    void oneHandlerFindsThemWhereTheyAreInEachFunction() {
        var plan = Traced.compile(
                ALL.replace("PROGRAM", PROGRAM.toString())
                        + "global n, sums probe end { foreach (k+ in n) printf(\"%s %d %d\\n\", k, n[k], sums[k]) }",
                false);

        assertThat(moved(plan))
                .containsAll(OVER)
                .doesNotContain("lost", "lost_copy", "lost_store", "loop", "loop_copied");
        var lines = isTheSameAtEntries(plan, "10000");
        assertThat(lines).hasSize(OVER.size() + HALVES.size() + BEFORE.size());
        // The lowest two bits of the first argument take all values alike.
        assertThat(lines).anyMatch(line -> line.startsWith("move_recursion 25000 "));
    }

    @Test
    void resultsAndWhatWasSeenAtTheEntryAreThoseOfTheCall() {
        var plan = Traced.compile(script(RETURN), false);

        // Where the stack pointer has moved, the kernel would not find where the function returns to.
        assertThat(moved(plan)).doesNotContain("stack", "frame", "pointer", "aligned", "stored", "lost", "loop");
        assertThat(moved(plan)).contains("copied", "kept", "swapped", "added", "stored_below", "recursion");
        isTheSameForAll(plan, "10000");
    }

    @Test
    void stacksAreThoseOfTheEntry() {
        var plan = Traced.compile(script(STACK), false);

        assertThat(moved(plan)).contains("flags", "landing").doesNotContain("stack", "copies", "copied", "store");
        isTheSameForAll(plan, "100");
    }

    @Test
    void aCallAndItsReturnShareAPlaceThatIsCheapForBoth() {
        var counting = "probe process(\"PROGRAM\").function(\"move_MOVE\") { n[\"MOVE\"]++ }\n";
        var both = Traced.compile(script(RETURN + counting), false);

        // The call alone would move on over the change of the stack pointer.
        assertThat(places(both, "move_clear")).hasSize(1);
        assertThat(places(both, "move_stack")).hasSize(2);
        assertThat(places(both, "move_store")).hasSize(2);
    }

    private static Set<Long> places(Plan plan, String function) {
        var found = new HashSet<Long>();
        for (var handler : plan.handlers()) {
            if (handler.point() instanceof ProbePoint.Code code) {
                code.sites().stream()
                        .filter(site -> site.function().equals(function))
                        .forEach(site -> found.add(site.address()));
            }
        }
        return found;
    }
}
