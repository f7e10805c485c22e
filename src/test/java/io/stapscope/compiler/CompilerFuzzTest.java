package io.stapscope.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Function;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.IrWalk;
import io.stapscope.compiler.ir.Local;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.Statement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Scripts made of pieces of others: each is refused with a reason or becomes a plan that hangs together. */
class CompilerFuzzTest {
    private static final Duration TIME = Duration.ofSeconds(4);

    @Test
    void noScriptMakesTheCompilerFail() throws InterruptedException {
        var fuzz = new ScriptFuzz();
        int number = fuzz.run(2, Integer.MAX_VALUE, TIME);
        assertThat(fuzz.failures().values()).isEmpty();
        assertThat(number).as("scripts").isGreaterThan(100);
        assertThat(fuzz.compiled()).as("scripts that became plans").isGreaterThan(number / 50);
    }

    /** What both back ends rely on. */
    static void check(Plan plan) {
        for (var handler : plan.handlers()) {
            check(plan, handler.body(), handler.locals(), handler);
        }
        for (var function : plan.functions()) {
            assertThat(plan.functions().get(function.id())).isSameAs(function);
            check(plan, function.body(), function.locals(), null);
        }
        assertThat(plan.handlers())
                .filteredOn(handler -> handler.place() != Handler.Place.DEFERRED)
                .allSatisfy(handler -> assertThat(handler.captures()).isEmpty());
    }

    private static void check(Plan plan, Statement.Block body, List<Local> locals, @Nullable Handler handler) {
        IrWalk.expressions(body, expression -> {
            switch (expression) {
                case Expression.ReadLocal e -> assertThat(locals).contains(e.local());
                case Expression.ReadGlobal e ->
                    assertThat(plan.globals().get(e.global().id())).isEqualTo(e.global());
                case Expression.Capture e -> {
                    assertThat(handler).isNotNull();
                    assertThat(e.slot()).isLessThan(handler.captures().size());
                }
                case Expression.Context e -> {
                    if (handler != null && handler.place() == Handler.Place.DEFERRED) {
                        assertThat(e.value().name()).isEqualTo("TARGET");
                    }
                }
                case Expression unused -> {}
            }
        });
        IrWalk.statements(body, statement -> {
            switch (statement) {
                case Statement.SetLocal s -> assertThat(locals).contains(s.local());
                case Statement.Call s -> {
                    Function function = plan.functions().get(s.function().id());
                    assertThat(function).isEqualTo(s.function());
                    assertThat(s.arguments()).hasSize(function.parameters());
                }
                case Statement.CallById s ->
                    assertThat(s.arguments())
                            .hasSize(plan.functions().get(s.function()).parameters());
                case Statement unused -> {}
            }
        });
    }
}
