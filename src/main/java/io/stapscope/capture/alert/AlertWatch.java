package io.stapscope.capture.alert;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.stapscope.capture.CaptureService;
import io.stapscope.capture.CaptureView;
import io.stapscope.history.AggregateRecord;
import io.stapscope.history.AlertRule;
import io.stapscope.history.Alerts;
import io.stapscope.history.CaptureQueries;
import io.stapscope.history.Coverage;
import io.stapscope.history.NoSuchCaptureException;
import io.stapscope.history.QuantilesRecord;
import io.stapscope.history.SeriesRange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Measures what is stored of running captures every few seconds. What cannot be measured, because the store is away or holds
 * nothing yet, neither raises an alert nor ends one.
 */
@ApplicationScoped
public class AlertWatch {
    private static final Logger LOG = Logger.getLogger(AlertWatch.class);

    /** Windows are in the store by then. */
    private static final Duration STORED_AFTER = Duration.ofSeconds(4);

    private final CaptureService captures;
    private final CaptureQueries queries;
    private final Alerts alerts;
    private final Webhooks webhooks;
    private final Duration interval;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("alerts").daemon().factory());

    AlertWatch(
            CaptureService captures, CaptureQueries queries, Alerts alerts, Webhooks webhooks, AlertSettings settings) {
        this.captures = captures;
        this.queries = queries;
        this.alerts = alerts;
        this.webhooks = webhooks;
        this.interval = settings.interval();
    }

    void begin(@Observes StartupEvent event) {
        var unused = executor.scheduleWithFixedDelay(
                this::tick, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    void end(@Observes ShutdownEvent event) {
        executor.shutdown();
    }

    /** One round at a time; a slow store makes rounds rarer. */
    private void tick() {
        if (busy.compareAndSet(false, true)) {
            round(InstantSource.system().millis()).subscribe().with(done -> busy.set(false), failure -> {
                busy.set(false);
                LOG.debugf("alerts were not looked at: %s", failure);
            });
        }
    }

    /** Measures every rule on every capture it watches, as of a moment. */
    Uni<Void> round(long nowMillis) {
        return alerts.rules()
                .chain(rules -> alerts.endOthers().replaceWith(rules))
                .onItem()
                .transformToMulti(rules -> Multi.createFrom().iterable(rules))
                .filter(AlertRule::enabled)
                .onItem()
                .transformToUniAndConcatenate(rule -> round(rule, nowMillis))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> round(AlertRule rule, long nowMillis) {
        return Multi.createFrom()
                .iterable(captures.running().stream()
                        .map(capture -> capture.view())
                        .filter(view -> view.name().equals(rule.captureName()))
                        .toList())
                .onItem()
                .transformToUniAndConcatenate(view -> measure(rule, view, nowMillis))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> measure(AlertRule rule, CaptureView view, long nowMillis) {
        long to = nowMillis - STORED_AFTER.toMillis();
        long from = to - rule.forSeconds() * 1_000L;
        var aggregate = aggregate(rule, view);
        // Before its first seconds are over a capture has not been above anything for so long.
        if (aggregate == null || from < view.startedAtMillis()) {
            return Uni.createFrom().voidItem();
        }
        var asked = rule.quantile() == null ? List.<Double>of() : List.of(rule.quantile());
        return queries.quantiles(new SeriesRange(view.id(), aggregate.agg(), 0, from, to, 1), asked)
                .chain(found -> judge(rule, view.id(), to, found))
                .onFailure(NoSuchCaptureException.class)
                .recoverWithNull();
    }

    private static @Nullable AggregateRecord aggregate(AlertRule rule, CaptureView view) {
        return view.aggregates().stream()
                .filter(each -> each.name().equals(rule.aggregate()))
                .findFirst()
                .orElse(null);
    }

    private Uni<Void> judge(AlertRule rule, UUID capture, long atMillis, QuantilesRecord found) {
        var whole = found.whole();
        if (rule.quantile() != null && whole.values().isEmpty()) {
            return alerts.end(rule.id(), capture, atMillis).replaceWithVoid();
        }
        double value = rule.quantile() == null
                ? perSecond(whole.count(), found.coverage())
                : whole.values().getFirst();
        if (!(value > rule.threshold())) {
            return alerts.end(rule.id(), capture, atMillis).replaceWithVoid();
        }
        return alerts.raise(rule.id(), capture, atMillis, value)
                .chain(raised ->
                        raised == null ? Uni.createFrom().voidItem() : tell(rule, capture, atMillis, value, raised));
    }

    /** Of the whole seconds that the answer covers. */
    private static double perSecond(long count, Coverage coverage) {
        long millis = coverage.toMillis() - coverage.fromMillis();
        return millis == 0 ? 0 : count * 1e3 / millis;
    }

    private Uni<Void> tell(AlertRule rule, UUID capture, long atMillis, double value, long raised) {
        var running = captures.find(capture);
        if (running != null) {
            var view = running.view();
            running.hub()
                    .event(
                            atMillis - view.startedAtMillis(),
                            "alert",
                            rule.name() + ": " + rule.measure() + " is " + value + ", above " + rule.threshold(),
                            view.state().word());
        }
        if (rule.webhook() == null) {
            return Uni.createFrom().voidItem();
        }
        return webhooks.tell(rule, capture, atMillis, value)
                .chain(outcome -> alerts.told(raised, outcome))
                .replaceWithVoid();
    }
}
