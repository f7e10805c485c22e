package io.stapscope.capture;

import io.stapscope.history.bundle.BundleException;
import io.stapscope.history.bundle.BundleReader;
import io.stapscope.history.bundle.BundledCapture;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The bundled recordings, and those that play. A recording goes the way of a run (windows, facets, hub, stream), but it is
 * none: it is not stored, watched for alerts or counted in metrics, and it always says what it is.
 */
@ApplicationScoped
public class Replays {
    /** In the order in which they are shown. */
    public static final List<String> NAMES =
            List.of("system-calls", "postgres-queries", "disk-writes", "off-cpu", "calls-by-program");

    /** How many recordings can be found, playing or over. */
    private static final int KEPT = 16;

    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();

    // Guarded by this.
    private final Map<String, BundledCapture> bundles = new LinkedHashMap<>();
    private final Map<UUID, Playing> known = new LinkedHashMap<>();

    private record Playing(Capture capture, Replay replay) {}

    /** Bundled recordings. */
    public List<BundledCapture> bundles() {
        return NAMES.stream().map(this::bundle).toList();
    }

    private synchronized BundledCapture bundle(String name) {
        return bundles.computeIfAbsent(name, Replays::read);
    }

    private static BundledCapture read(String name) {
        var file = "/replay/" + name + ".zip";
        try (var in = Replays.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the recording " + file + " is missing in this build");
            }
            return BundleReader.read(in);
        } catch (IOException | BundleException e) {
            throw new IllegalStateException("the recording " + file + " cannot be read", e);
        }
    }

    /**
     * Plays a recording.
     *
     * @param speed times as fast as it was recorded
     * @param from where it begins; what was before comes at once
     * @return null when there is no recording of that name
     */
    public @Nullable Capture start(String name, double speed, Duration from) {
        if (!NAMES.contains(name)) {
            return null;
        }
        checkSpeed(speed);
        var bundle = bundle(name);
        var tape = new ReplayTape(bundle);
        var replay = new Replay(name, tape, bundle.startedAtMillis(), speed, from);
        var capture = Capture.replaying(bundle, tape, replay, senders);
        synchronized (this) {
            known.put(capture.id(), new Playing(capture, replay));
            if (known.size() > KEPT) {
                var oldest = known.keySet().iterator().next();
                known.remove(oldest).capture().stop("too many recordings play");
            }
        }
        capture.attached(replay);
        Thread.ofVirtual().name("replay " + name).start(() -> replay.play(capture.listener()));
        return capture;
    }

    /**
     * Goes on at another speed, or stands still; what is null stays as it is.
     *
     * @return null when no such recording plays
     */
    public @Nullable Capture set(UUID id, @Nullable Double speed, @Nullable Boolean paused) {
        Playing playing;
        synchronized (this) {
            playing = known.get(id);
        }
        if (playing == null) {
            return null;
        }
        if (speed != null) {
            checkSpeed(speed);
        }
        var view = playing.replay().view();
        playing.replay().set(speed == null ? view.speed() : speed, paused == null ? view.paused() : paused);
        return playing.capture();
    }

    private static void checkSpeed(double speed) {
        if (!(speed >= Replay.SLOWEST && speed <= Replay.FASTEST)) {
            throw new IllegalArgumentException("a recording plays at 1 to 60 times its speed, not " + speed);
        }
    }

    synchronized @Nullable Capture find(UUID id) {
        var playing = known.get(id);
        return playing == null ? null : playing.capture();
    }

    synchronized List<Capture> all() {
        return known.values().stream().map(Playing::capture).toList();
    }
}
