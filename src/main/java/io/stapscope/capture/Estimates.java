package io.stapscope.capture;

import io.stapscope.compiler.Compilation;
import io.stapscope.compiler.HitCounts;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.host.Host;
import io.stapscope.host.program.Site;
import io.stapscope.tracer.Output;
import io.stapscope.tracer.RunEvent;
import io.stapscope.tracer.RunListener;
import io.stapscope.tracer.RunOptions;
import io.stapscope.tracer.RunResult;
import io.stapscope.tracer.TraceException;
import io.stapscope.tracer.Tracer;
import io.stapscope.tracer.Window;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Counts what scripts would be hit by, one at a time. */
@ApplicationScoped
public class Estimates {
    /** Long enough for rates of a few hundred a second, short enough to wait for. */
    static final Duration LENGTH = Duration.ofMillis(200);

    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Scripts scripts;
    private final Host host;
    private final Tracer tracer;
    private final CaptureSettings settings;
    private final Semaphore turn = new Semaphore(1);

    Estimates(Scripts scripts, Host host, Tracer tracer, CaptureSettings settings) {
        this.scripts = scripts;
        this.host = host;
        this.tracer = tracer;
        this.settings = settings;
    }

    /** Attaches the points of a script for a moment; blocks that long. @param pid target process, 0 for none */
    public Estimate of(String script, List<String> arguments, int pid) {
        if (pid < 0 || (pid != 0 && !host.processExists(pid))) {
            return new Estimate.Refused("there is no process " + pid);
        }
        return switch (scripts.compile(script, arguments, pid, null)) {
            case Compilation.Rejected(var diagnostics) -> new Estimate.Rejected(diagnostics);
            case Compilation.Compiled(var plan, var _) -> inTurn(plan, arguments, pid);
        };
    }

    private Estimate inTurn(Plan plan, List<String> arguments, int pid) {
        if (!turn.tryAcquire()) {
            return new Estimate.Refused("another script is being counted; try again in a moment");
        }
        try {
            return counted(plan, arguments, pid);
        } catch (TraceException e) {
            return new Estimate.Refused(String.valueOf(e.getMessage()));
        } finally {
            turn.release();
        }
    }

    private Estimate counted(Plan plan, List<String> arguments, int pid) throws TraceException {
        var counting = HitCounts.of(plan);
        var hits = new Counter();
        if (counting != null) {
            var options = new RunOptions(
                    pid, null, LENGTH, INTERVAL, settings.excludedParents().orElse(Set.of()), arguments);
            var run = tracer.start(counting, options, hits);
            RunResult result;
            try {
                result = run.result().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                run.stop("interrupted");
                return new Estimate.Refused("the service stops");
            } catch (ExecutionException | TimeoutException e) {
                run.stop("the count did not end");
                return new Estimate.Refused("the count did not end");
            }
            if (result.losses().lost() > 0) {
                return new Estimate.Refused(
                        "too many hits to count them: " + result.losses().lost() + " were lost");
            }
            hits.nanosPerHit = Math.max(hits.nanosPerHit, result.losses().nanosPerHit());
        }
        var points = plan.handlers().stream().map(each -> point(each, hits)).toList();
        return new Estimate.Counted(hits.nanos(), points, hits.nanosPerHit);
    }

    private Estimate.PointHits point(Handler handler, Counter hits) {
        var sites = handler.point() instanceof ProbePoint.Code code ? code.sites() : List.<ProbePoint.CodeSite>of();
        int slow = 0;
        if (handler.point() instanceof ProbePoint.Code code
                && host.program(code.path()) instanceof Host.ProgramLookup.Read(var program)) {
            for (var site : sites) {
                boolean single = program.site(site.address()) instanceof Site.At(var _, var _, var cost, var _)
                        && cost == Site.Cost.SINGLE_STEP;
                slow += single ? 1 : 0;
            }
        }
        var span = handler.span();
        int line = 1
                + (int) span.source()
                        .text()
                        .substring(0, span.start())
                        .chars()
                        .filter(each -> each == '\n')
                        .count();
        return new Estimate.PointHits(
                handler.point().text(),
                line,
                sites.size(),
                slow,
                hits.of(handler.id()),
                handler.place() != Handler.Place.USER);
    }

    /** Adds up the windows of a counting run; filled by the thread of the run, read when it has ended. */
    private static final class Counter implements RunListener {
        private final Map<Integer, Integer> handlers = new HashMap<>();
        private final Map<Integer, Long> counts = new HashMap<>();
        private long startNanos;
        private long endNanos;
        private long nanosPerHit;

        long of(int handler) {
            return counts.getOrDefault(handler, 0L);
        }

        long nanos() {
            return endNanos - startNanos;
        }

        @Override
        public void output(Output output) {}

        @Override
        public void window(Window window) {
            startNanos = window.number() == 0 ? window.startNanos() : startNanos;
            endNanos = window.endNanos();
            nanosPerHit = Math.max(nanosPerHit, window.losses().nanosPerHit());
            for (var series : window.opened()) {
                handlers.put(series.id(), ((Long) series.keys().getFirst()).intValue());
            }
            for (var delta : window.deltas()) {
                counts.merge(handlers.getOrDefault(delta.series(), -1), delta.count(), Long::sum);
            }
        }

        @Override
        public void event(RunEvent event) {}
    }
}
