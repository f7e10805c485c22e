package io.stapscope.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Function;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.IrWalk;
import io.stapscope.compiler.ir.Local;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.Statement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Scripts made of pieces of others: each is refused with a reason or becomes a plan that hangs together. */
class CompilerFuzzTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Pattern WORD = Pattern.compile("[@$]*\\w+(\\([^()]*\\))?|\\S");

    @Test
    void noScriptMakesTheCompilerFail() throws IOException {
        var scripts = scripts();
        var random = new Random(2);
        int compiled = 0;
        for (int i = 0; i < 3_000; i++) {
            var text = mutated(scripts.get(random.nextInt(scripts.size())), scripts, random);
            compiled += compiles(text) ? 1 : 0;
        }
        assertThat(compiled).as("scripts that became plans").isGreaterThan(20);
    }

    static boolean compiles(String text) {
        try {
            switch (Compile.script(text)) {
                case Compilation.Compiled result -> {
                    check(result.plan());
                    return true;
                }
                case Compilation.Rejected result -> {
                    assertThat(result.diagnostics()).isNotEmpty();
                    return false;
                }
            }
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            return fail("this script fails:\n" + text, e);
        }
    }

    static List<String> scripts() throws IOException {
        try (var files = Files.walk(GOLDEN)) {
            var texts = new ArrayList<String>();
            for (var file : files.filter(each -> each.toString().endsWith(".stp"))
                    .sorted()
                    .toList()) {
                texts.add(Files.readString(file));
            }
            return texts;
        }
    }

    /** Replaces a few words by words of other scripts, or joins two scripts. */
    static String mutated(String text, List<String> others, Random random) {
        if (random.nextInt(4) == 0) {
            text = text + others.get(random.nextInt(others.size()));
        }
        var words = new ArrayList<>(WORD.matcher(text).results().toList());
        var out = new StringBuilder(text);
        for (int change = random.nextInt(3); change >= 0 && !words.isEmpty(); change--) {
            var place = words.remove(random.nextInt(words.size()));
            words.removeIf(word -> word.start() > place.start());
            var source = random.nextBoolean() ? text : others.get(random.nextInt(others.size()));
            var candidates = WORD.matcher(source).results().map(MatchResult::group);
            // Words of one kind often make sense in each other's place, so that not all scripts are wrong.
            var alike = random.nextInt(5) == 0
                    ? candidates.toList()
                    : candidates
                            .filter(word -> kind(word) == kind(place.group()))
                            .toList();
            if (!alike.isEmpty()) {
                out.replace(place.start(), place.end(), alike.get(random.nextInt(alike.size())));
            }
        }
        return out.toString();
    }

    private static int kind(String word) {
        char first = word.charAt(0);
        if (word.endsWith(")")) {
            return 'f';
        }
        return Character.isLetter(first)
                ? 'a'
                : Character.isDigit(first) ? '0' : "+-*/%&|^<>".indexOf(first) >= 0 ? '+' : first;
    }

    /** What both back ends rely on. */
    private static void check(Plan plan) {
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
