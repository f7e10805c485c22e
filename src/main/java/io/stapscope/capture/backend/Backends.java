package io.stapscope.capture.backend;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.TimeoutException;
import io.stapscope.capture.ByteText;
import io.stapscope.capture.backend.BackendStatus.State;
import io.vertx.mutiny.core.Vertx;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks once a second who the processes of the configured PostgreSQL are, while anything wants to know, over one connection.
 * A server that does not answer is tried again after 1 s, 2 s and so on up to a minute, one that refuses us every minute. What
 * was seen last stays until something newer is.
 */
@ApplicationScoped
public class Backends {
    private static final Logger LOG = Logger.getLogger(Backends.class);
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    /** Looks at nothing. */
    public static final Watch NOBODY = () -> {};

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final @Nullable ObservedServer server;
    private final Vertx vertx;
    private final Duration interval;
    private final LocalServer.LocalProcesses processes;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("backends").daemon().factory());

    // Of the one thread of the executor.
    private @Nullable BackendConnection connection;
    private int failures;
    private long tryAtNanos = System.nanoTime();
    private boolean told;

    // Guarded by this.
    private int watches;
    private @Nullable ScheduledFuture<?> looking;

    private volatile Sighting latest = Sighting.NONE;
    private volatile BackendStatus status;

    @Inject
    Backends(BackendSettings settings, Vertx vertx) {
        this(settings, vertx, new ProcProcesses());
    }

    Backends(BackendSettings settings, Vertx vertx, LocalServer.LocalProcesses processes) {
        this.vertx = vertx;
        this.interval = settings.interval();
        this.processes = processes;
        ObservedServer found = null;
        var first = BackendStatus.OFF;
        try {
            found = ObservedServer.of(settings, name -> ConfigProvider.getConfig()
                    .getOptionalValue(name, String.class)
                    .orElse(null));
            if (found != null) {
                first = new BackendStatus(State.RESTING, found.name(), "", 0);
            }
        } catch (IllegalArgumentException e) {
            first = new BackendStatus(State.REFUSED, "", String.valueOf(e.getMessage()), 0);
            LOG.warn(e.getMessage());
        }
        this.server = found;
        this.status = first;
    }

    void end(@Observes ShutdownEvent event) {
        close();
    }

    /** Looks no more. */
    void close() {
        executor.execute(this::disconnect);
        executor.shutdown();
    }

    /** Keeps looking until it is closed. */
    public Watch watch() {
        if (server == null) {
            return NOBODY;
        }
        change(1);
        var open = new AtomicBoolean(true);
        return () -> {
            if (open.compareAndSet(true, false)) {
                change(-1);
            }
        };
    }

    /** Somebody who wants to know; closing is idempotent. */
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    private synchronized void change(int by) {
        watches += by;
        if (watches == 1 && by > 0) {
            looking = executor.scheduleWithFixedDelay(this::look, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        } else if (watches == 0 && looking != null && !executor.isShutdown()) {
            looking.cancel(false);
            looking = null;
            executor.execute(this::rest);
        }
    }

    /** What was seen last. */
    public Sighting latest() {
        return latest;
    }

    /** How it stands; tries it when nobody is looking. Waits for the server, within bounds. */
    public BackendStatus examine() {
        if (server == null) {
            return status;
        }
        try {
            return executor.submit(() -> {
                        boolean idle = !isWatched();
                        if (idle) {
                            tryAtNanos = System.nanoTime();
                            look();
                        }
                        var found = status;
                        if (idle) {
                            disconnect();
                        }
                        return found;
                    })
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return status;
        } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
            return status;
        }
    }

    public BackendStatus status() {
        return status;
    }

    private synchronized boolean isWatched() {
        return watches > 0;
    }

    private void look() {
        var known = server;
        if (known == null || System.nanoTime() - tryAtNanos < 0) {
            return;
        }
        try {
            var open = connection;
            if (open == null) {
                open = BackendConnection.open(vertx, known, processes);
                connection = open;
            }
            var look = open.look();
            latest = look.sighting();
            failures = 0;
            said(new BackendStatus(
                    look.hidden() > 0 ? State.LIMITED : State.WATCHING,
                    known.name(),
                    look.hidden() > 0
                            ? look.hidden() + " of them without type and query, which user "
                                    + known.options().getUser() + " may not see"
                            : "",
                    look.sighting().byPid().size()));
        } catch (LocalServer.NotHereException e) {
            failed(
                    State.REFUSED,
                    e.getMessage() + "; names are only given to processes of a server that runs here",
                    LONGEST_REST);
        } catch (PgException e) {
            boolean refused = e.getSqlState() != null
                    && (e.getSqlState().startsWith("28") || e.getSqlState().startsWith("3D"));
            failed(
                    refused ? State.REFUSED : State.AWAY,
                    String.valueOf(e.getErrorMessage()),
                    refused ? LONGEST_REST : soon());
        } catch (TimeoutException e) {
            failed(State.AWAY, "no answer in time", soon());
        } catch (RuntimeException e) {
            failed(State.AWAY, reason(e), soon());
        }
    }

    private static String reason(RuntimeException failure) {
        var cause = failure.getCause() == null ? failure : failure.getCause();
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private Duration soon() {
        var rest = Duration.ofSeconds(1L << Math.min(failures, 6));
        return rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
    }

    private void failed(State state, String reason, Duration rest) {
        disconnect();
        failures++;
        tryAtNanos = System.nanoTime() + rest.toNanos();
        // A server's messages are text from outside.
        said(new BackendStatus(state, server == null ? "" : server.name(), ByteText.line(ByteText.encode(reason)), 0));
    }

    /** Trouble is logged when it begins and when it ends. */
    private void said(BackendStatus now) {
        status = now;
        boolean trouble = now.state() == State.AWAY || now.state() == State.REFUSED;
        if (trouble != told) {
            told = trouble;
            LOG.log(trouble ? Logger.Level.WARN : Logger.Level.INFO, "names of PostgreSQL: " + now.text());
        }
    }

    private void rest() {
        if (isWatched()) {
            return;
        }
        disconnect();
        latest = Sighting.NONE;
        failures = 0;
        tryAtNanos = System.nanoTime();
        if (status.state() == State.WATCHING || status.state() == State.LIMITED) {
            status = new BackendStatus(State.RESTING, status.server(), "", 0);
        }
    }

    private void disconnect() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
