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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
                if (!place.inlined() && program.site(place.entry()) instanceof Site.At at) {
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
}
