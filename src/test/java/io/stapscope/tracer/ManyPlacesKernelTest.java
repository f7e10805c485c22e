package io.stapscope.tracer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.Limits;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.ir.ProbePoint.CodeSite;
import io.stapscope.compiler.ir.ProbePoint.Target;
import io.stapscope.host.Host;
import io.stapscope.host.program.Site;
import io.stapscope.interpreter.Ir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("kernel")
@Timeout(60)
class ManyPlacesKernelTest {
    private static final Path POSTGRES = Path.of("/usr/lib/postgresql/15/bin/postgres");

    private static ProbePoint.Code everyFunction(boolean returns) {
        if (!(Traced.HOST.program(POSTGRES.toString()) instanceof Host.ProgramLookup.Read(var program))) {
            throw new AssertionError("cannot read " + POSTGRES);
        }
        var sites = new ArrayList<CodeSite>();
        for (var function : program.functions("*")) {
            for (var place : function.places()) {
                boolean isProbed = !returns || program.returnProblem(function.linkageName()) == null;
                if (isProbed && !place.inlined() && program.site(place.entry()) instanceof Site.At at) {
                    sites.add(new CodeSite(
                            function.name(), function.name(), place.entry(), at.address(), at.offset(), 0));
                }
            }
        }
        return new ProbePoint.Code(
                "postgres", program.path(), program.device(), program.inode(), new Target.Everyone(), returns, sites);
    }

    private static long millis(long since) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
    }

    @Test
    void everyFunctionOfADatabaseIsProbedAtOnce() throws TraceException {
        assumeThat(Files.exists(POSTGRES)).isTrue();
        for (boolean returns : new boolean[] {false, true}) {
            var point = everyFunction(returns);
            var handler =
                    new Handler(0, Ir.HERE, point, Handler.Place.KERNEL, List.of(), List.of(), List.of(), Ir.block());
            var plan = new Plan(Ir.HERE.source(), List.of(), List.of(), List.of(handler), Limits.DEFAULT);
            try (var loaded = LoadedPlan.load(plan, Traced.HOST)) {
                long start = System.nanoTime();
                loaded.attach();
                long attach = millis(start);
                start = System.nanoTime();
                loaded.objects().detach();
                long detach = millis(start);
                System.out.println(point.sites().size() + " places: " + attach + " ms, " + detach + " ms");

                assertThat(point.sites()).hasSizeGreaterThan(5000);
                assertThat(loaded.code().attached()).isEqualTo(point.sites().size());
                assertThat(loaded.code().leftOut()).isEmpty();
                // Far more than it takes, on a machine that does other work too.
                assertThat(attach).isLessThan(1500);
                assertThat(detach).isLessThan(2000);
            }
        }
    }

    /** Functions that differ in number, types and names of their parameters; each is called once with 1, 2, 3... */
    private static Path differentFunctions(Path folder, int functions) throws IOException, InterruptedException {
        var types = List.of("long", "int", "short", "char", "unsigned", "const char *", "unsigned char");
        var source = new StringBuilder("static volatile long sink;\n");
        var calls = new StringBuilder("int main(void) {\n");
        for (int i = 0; i < functions; i++) {
            var parameters = new ArrayList<String>();
            var arguments = new ArrayList<String>();
            for (int k = 0; k <= i % 5; k++) {
                var type = types.get((i * 5 + k * 3) % types.size());
                parameters.add(type + " p" + i + "_" + k);
                arguments.add("(" + type + ")" + (k + 1));
            }
            source.append("__attribute__((noinline)) void fun%d(%s) { sink += (long)p%d_0; }\n"
                    .formatted(i, String.join(", ", parameters), i));
            calls.append("fun%d(%s);\n".formatted(i, String.join(", ", arguments)));
        }
        var file = folder.resolve("different.c");
        Files.writeString(file, source.append(calls).append("return 0;\n}\n"));
        var program = folder.resolve("different");
        var compiler = new ProcessBuilder("cc", "-O1", "-g", "-o", program.toString(), file.toString())
                .inheritIO()
                .start();
        assertThat(compiler.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(compiler.exitValue()).isZero();
        return program.toRealPath();
    }

    @Test
    void theParametersOfHundredsOfFunctionsAreShown(@TempDir Path folder) throws IOException, InterruptedException {
        int functions = 300;
        var program = differentFunctions(folder, functions);
        var script =
                "probe process(\"%s\").function(\"fun*\") { println(probefunc(), \" \", $$parms) }".formatted(program);
        try (var traced = Traced.start(script, Traced.command(program.toString()))) {
            traced.end();

            var expected = new ArrayList<String>();
            for (int i = 0; i < functions; i++) {
                var line = new StringBuilder("fun" + i);
                for (int k = 0; k <= i % 5; k++) {
                    line.append(" p%d_%d=0x%x".formatted(i, k, k + 1));
                }
                expected.add(line.toString());
            }
            assertThat(traced.lines()).containsExactlyElementsOf(expected);
        }
    }

    @Test
    void everyFunctionOfADatabaseTellsItsName() {
        assumeThat(Files.exists(POSTGRES)).isTrue();
        var script = "probe process(\"%s\").function(\"*\") { println(probefunc()) }".formatted(POSTGRES);
        try (var traced = Traced.start(script, Traced.command(POSTGRES + " --version > /dev/null"))) {
            traced.end();

            assertThat(traced.lines()).contains("main");
            assertThat(traced.events()).anySatisfy(event -> assertThat(event.text())
                    .matches("attached 1 probe by 1 program at 9\\d\\d\\d places in code"));
        }
    }
}
