package io.stapscope.capture.otlp;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.stapscope.capture.OutgoingClient;
import io.stapscope.history.Facet;
import io.stapscope.history.RunningTotals;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Posts the totals of running captures to {@code stapscope.otlp.endpoint}, such as {@code
 * http://collector:4318/v1/metrics}, as OTLP over HTTP. Values are cumulative, so a push that fails loses nothing: the next
 * one says more. Nothing is sent while nothing runs.
 */
@ApplicationScoped
public class OtlpPush {
    private static final Logger LOG = Logger.getLogger(OtlpPush.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_SERIES = 50;

    private final RunningTotals totals;
    private final @Nullable URI endpoint;
    private final Duration interval;
    private final AtomicBoolean busy = new AtomicBoolean();
    private @Nullable ScheduledExecutorService executor;
    private final OutgoingClient client = new OutgoingClient(PATIENCE);
    private volatile @Nullable String trouble;

    @Inject
    OtlpPush(RunningTotals totals, OtlpSettings settings) {
        this.totals = totals;
        this.endpoint = settings.endpoint().orElse(null);
        this.interval = settings.interval();
    }

    void begin(@Observes StartupEvent event) {
        if (endpoint == null) {
            return;
        }
        var scheduler = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("otlp").daemon().factory());
        executor = scheduler;
        var unused = scheduler.scheduleWithFixedDelay(
                this::tick, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    void end(@Observes ShutdownEvent event) {
        if (executor != null) {
            executor.shutdown();
        }
    }

    /** One push at a time; a slow collector makes them rarer. */
    private void tick() {
        var to = endpoint;
        if (to == null || !busy.compareAndSet(false, true)) {
            return;
        }
        push(to, InstantSource.system().millis()).subscribe().with(this::said, failure -> said(failure.toString()));
    }

    /** Trouble is logged when it begins and when it ends, not with every push. */
    private void said(@Nullable String problem) {
        busy.set(false);
        if (problem != null && trouble == null) {
            LOG.warnf("figures do not reach %s: %s", endpoint, problem);
        } else if (problem == null && trouble != null) {
            LOG.infof("figures reach %s again", endpoint);
        }
        trouble = problem;
    }

    /** What went wrong, or null. */
    Uni<@Nullable String> push(URI to, long nowMillis) {
        return totals.read(List.of(Facet.TOTAL, Facet.SYSCALL, Facet.EXECNAME), MOST_SERIES)
                .chain(found -> found.isEmpty() ? Uni.createFrom().nullItem() : post(to, found, nowMillis));
    }

    private Uni<@Nullable String> post(URI to, List<RunningTotals.Total> found, long nowMillis) {
        var version = OtlpPush.class.getPackage().getImplementationVersion();
        var body = OtlpMetrics.body(found, hostName(), version == null ? "development" : version, nowMillis);
        var request = HttpRequest.newBuilder(to)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return Uni.createFrom()
                .completionStage(() -> client.get().sendAsync(request, HttpResponse.BodyHandlers.discarding()))
                .map(response -> response.statusCode() / 100 == 2 ? null : "answered " + response.statusCode());
    }

    private static String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
