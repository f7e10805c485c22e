package io.stapscope.history;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What the store needs from time to time: partitions ahead, hours and days added up, old rows dropped. On a thread of its
 * own; when the database is away the next round does it.
 */
@ApplicationScoped
class Housekeeping {
    private static final Logger LOG = Logger.getLogger(Housekeeping.class);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int SPANS_AT_ONCE = 200;

    private final PartitionStore partitions;
    private final RollupStore rollups;
    private final Expiry expiry;
    private final Duration delay;
    private final Duration interval;
    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("history-housekeeping").daemon().factory());
    private @Nullable String lastFailure;

    Housekeeping(PartitionStore partitions, RollupStore rollups, Expiry expiry, HistorySettings settings) {
        this.partitions = partitions;
        this.rollups = rollups;
        this.expiry = expiry;
        this.delay = settings.housekeepingDelay();
        this.interval = settings.housekeepingInterval();
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void begin(@Observes StartupEvent event) {
        var unused = executor.scheduleWithFixedDelay(
                this::tryRound, delay.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    void end(@Observes ShutdownEvent event) {
        executor.shutdownNow();
    }

    private void tryRound() {
        try {
            round();
            lastFailure = null;
        } catch (RuntimeException e) {
            if (!executor.isShutdown() && !String.valueOf(e.getMessage()).equals(lastFailure)) {
                LOG.warnf("the store cannot be kept in order now, trying again: %s", e.getMessage());
                lastFailure = String.valueOf(e.getMessage());
            }
        }
    }

    /** Does everything that is due; throws when the database does not answer. */
    void round() {
        await(partitions.makeAhead(LocalDate.now(Clock.systemUTC())));
        rollUp();
        expiry.enforceNow();
        long stray = await(partitions.strayRows());
        if (stray > 0) {
            LOG.warnf("%d rows lie outside of every partition: retention does not reach them", stray);
        }
    }

    /** Adds up every hour, then every day that is due. */
    void rollUp() {
        for (var level : RollupLevel.values()) {
            var due = await(rollups.due(level, SPANS_AT_ONCE));
            while (!due.isEmpty()) {
                due.forEach(span -> await(rollups.roll(span)));
                due = await(rollups.due(level, SPANS_AT_ONCE));
            }
        }
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(PATIENCE);
    }
}
