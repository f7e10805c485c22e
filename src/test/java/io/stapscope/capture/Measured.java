package io.stapscope.capture;

import io.stapscope.capture.backend.RunBackends;
import io.stapscope.capture.backend.Sighting;
import io.stapscope.history.HostRecord;
import io.stapscope.history.StandHistory;
import io.stapscope.tracer.KernelTracer;
import io.stapscope.tracer.RunOptions;
import io.stapscope.tracer.TraceException;
import io.stapscope.tracer.Traced;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** A capture as the service makes it, on the live kernel and a PostgreSQL of its own. */
final class Measured {
    private Measured() {}

    static Capture start(String script, StandHistory history, Duration interval) throws TraceException {
        var request = new StartRequest("measured", script, "measured", List.of(), 0, null, null, interval, true);
        var plan = Traced.compile(script, false);
        var capture = new Capture(
                request,
                plan,
                new KeyNames(Traced.HOST.syscalls(), new LiveProcesses(), new RunBackends(() -> Sighting.NONE)),
                history,
                new HostRecord("here", "6", "x86_64"),
                InstantSource.system(),
                () -> plan,
                Thread::startVirtualThread);
        var options = new RunOptions(0, null, null, interval, Set.of((int) history.postmaster()), List.of());
        capture.attached(KernelTracer.forService(Traced.HOST).start(plan, options, capture.listener()));
        return capture;
    }
}
