package io.stapscope.api.live;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Warnings and errors that are logged while this is open; not that the machine is slow. */
final class Complaints extends Handler implements AutoCloseable {
    private static final String SLOWNESS = "io.vertx.core.impl.BlockedThreadChecker";

    private final List<String> lines = new CopyOnWriteArrayList<>();

    Complaints() {
        setLevel(Level.WARNING);
        Logger.getLogger("").addHandler(this);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord logged) {
        if (isLoggable(logged) && !SLOWNESS.equals(logged.getLoggerName())) {
            lines.add(logged.getLevel() + " " + logged.getMessage() + " " + logged.getThrown());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(this);
    }
}
