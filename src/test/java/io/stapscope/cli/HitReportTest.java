package io.stapscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.Limits;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.compiler.source.Span;
import io.stapscope.interpreter.Ir;
import io.stapscope.tracer.Accounts;
import io.stapscope.tracer.Losses;
import io.stapscope.tracer.ProbeAccount;
import java.util.List;
import org.junit.jupiter.api.Test;

class HitReportTest {
    private static final SourceText SCRIPT = new SourceText("s.stp", "probe begin {\n}\nprobe end {\n}\n");

    private static Handler handler(int id, ProbePoint point, int at) {
        var span = new Span(SCRIPT, at, at + 1);
        return new Handler(id, span, point, Handler.Place.USER, List.of(), List.of(), List.of(), Ir.block());
    }

    @Test
    void everyProbeThatWasHitIsNamedWithItsPlace() {
        var plan = new Plan(
                SCRIPT,
                List.of(),
                List.of(),
                List.of(
                        handler(0, new ProbePoint.Begin("begin", 0), 12),
                        handler(1, new ProbePoint.End("end", 0), 26),
                        handler(2, new ProbePoint.End("end", 0), 26),
                        handler(3, new ProbePoint.Never("never"), 26)),
                Limits.DEFAULT);
        var losses = new Losses(
                5,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                Accounts.NONE,
                List.of(
                        new ProbeAccount(0, 3, 2, 450, false),
                        new ProbeAccount(1, 1, 0, 70, true),
                        new ProbeAccount(2, 1, 0, ProbeAccount.UNKNOWN, false),
                        new ProbeAccount(3, 0, 0, ProbeAccount.UNKNOWN, false)));

        assertThat(HitReport.of(plan, losses)).isEqualTo("""
                        ----- probe hit report:
                        begin, (s.stp:1:13), hits: 3, lost: 2, ns/hit: 450
                        end, (s.stp:3:11), hits: 1, ns/hit: ~70
                        end, (s.stp:3:11), hits: 1, ns/hit: -
                        """);
    }
}
