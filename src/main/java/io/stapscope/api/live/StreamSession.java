package io.stapscope.api.live;

import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.stapscope.api.message.RunMessage;
import io.stapscope.capture.Capture;
import io.stapscope.pipeline.LiveMessage;
import io.stapscope.pipeline.LiveSubscription;
import io.vertx.core.buffer.Buffer;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One connection to the stream of one run, from hello to close. */
final class StreamSession {
    private static final Logger LOG = Logger.getLogger(StreamSession.class);
    private static final CloseReason NORMAL = new CloseReason(1000, "the run is over");

    private final WebSocketConnection connection;
    private final Capture capture;
    private final Function<Object, String> json;

    // Guarded by this.
    private @Nullable LiveSubscription subscription;
    private boolean left;

    StreamSession(WebSocketConnection connection, Capture capture, Function<Object, String> json) {
        this.connection = connection;
        this.capture = capture;
        this.json = json;
    }

    /** Returns whether the message makes sense now. */
    synchronized boolean accept(ClientMessage message) {
        var live = subscription;
        return switch (message) {
            case ClientMessage.Hello hello -> {
                if (live != null || left) {
                    yield false;
                }
                begin(hello);
                yield true;
            }
            case ClientMessage.View view -> live != null && done(() -> live.view(view.facet()));
            case ClientMessage.Acknowledge ack -> live != null && done(() -> live.acknowledge(ack.seq(), ack.frames()));
            case ClientMessage.Pause _ -> live != null && done(live::pause);
            case ClientMessage.Live resumed -> live != null && done(() -> live.live(resumed.kept()));
            case ClientMessage.Unknown _ -> false;
        };
    }

    private static boolean done(Runnable action) {
        action.run();
        return true;
    }

    private void begin(ClientMessage.Hello hello) {
        var live = capture.hub().subscribe(hello.facet(), hello.resume(), hello.kept());
        subscription = live;
        var view = capture.view();
        var welcome = json.apply(new RunStream.Welcome(
                "welcome", RunMessage.of(view), capture.hub().lastSeq(), view.intervalMillis()));
        Multi<Void> frames = live.messages().onItem().transformToUniAndConcatenate(message -> send(live, message));
        var ignored = connection
                .sendText(welcome)
                .onItem()
                .transformToMulti(_ -> frames)
                .onCompletion()
                .call(this::sendClosed)
                .subscribe()
                .with(_ -> {}, this::failed);
    }

    private Uni<Void> send(LiveSubscription live, LiveMessage message) {
        return connection
                .sendBinary(Buffer.buffer(FrameEncoder.encode(message)))
                .invoke(() -> live.written(message));
    }

    private Uni<Void> sendClosed() {
        var closed = json.apply(new RunStream.Closed(
                "closed", RunMessage.of(capture.view()), capture.hub().lastSeq()));
        return connection.sendText(closed).chain(() -> connection.close(NORMAL));
    }

    private void failed(Throwable failure) {
        LOG.debugf(failure, "stream of %s broke off", capture.id());
        leave();
    }

    /** The hub forgets this connection; with nobody left to watch, the capture's lease begins to run out. */
    void leave() {
        LiveSubscription live;
        synchronized (this) {
            left = true;
            live = subscription;
        }
        // A send under way is not cancelled: it ends by itself, and its failure has failed() to go to.
        if (live != null) {
            live.cancel();
        }
    }
}
