package io.stapscope.api.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.stapscope.api.message.RunMessage;
import io.stapscope.capture.Capture;
import io.stapscope.capture.CaptureService;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The stream of a run over a WebSocket. Each connection has at most one send in flight: the next message is asked of the
 * hub when the last one is written, and what could not be asked for in time comes merged.
 */
@WebSocket(path = "/api/v1/runs/{id}/stream")
public class RunStream {
    static final int RUN_GONE = 4004;
    private static final int NOT_UNDERSTOOD = 1008;
    private static final int TRY_LATER = 1013;
    private static final int MOST_CONNECTIONS = 100;
    private static final Logger LOG = Logger.getLogger(RunStream.class);

    private final CaptureService captures;
    private final ObjectMapper json;
    private final Map<String, StreamSession> sessions = new ConcurrentHashMap<>();

    RunStream(CaptureService captures, ObjectMapper json) {
        this.captures = captures;
        this.json = json;
    }

    @OnOpen
    Uni<Void> open(WebSocketConnection connection) {
        var capture = capture(connection.pathParam("id"));
        if (capture == null) {
            return connection.close(new CloseReason(RUN_GONE, "this run is gone; look among the captures"));
        }
        if (sessions.size() >= MOST_CONNECTIONS) {
            return connection.close(new CloseReason(TRY_LATER, "too many streams are open"));
        }
        sessions.put(connection.id(), new StreamSession(connection, capture, this::text));
        return Uni.createFrom().voidItem();
    }

    @OnTextMessage
    Uni<Void> message(String text, WebSocketConnection connection) {
        var session = sessions.get(connection.id());
        if (session == null) {
            return Uni.createFrom().voidItem();
        }
        if (!session.accept(ClientMessage.parse(text))) {
            return connection.close(new CloseReason(NOT_UNDERSTOOD, "not a message of stapscope.v1"));
        }
        return Uni.createFrom().voidItem();
    }

    @OnClose
    void close(WebSocketConnection connection) {
        var session = sessions.remove(connection.id());
        if (session != null) {
            session.leave();
        }
    }

    @OnError
    void failed(WebSocketConnection connection, Throwable failure) {
        LOG.debugf(failure, "stream %s failed", connection.id());
        close(connection);
    }

    private @Nullable Capture capture(String id) {
        try {
            return captures.find(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private String text(Object message) {
        try {
            return json.writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The answer to hello. */
    record Welcome(String type, RunMessage run, long seq, int intervalMillis) {}

    /**
     * The run is over.
     *
     * @param seq of its last interval
     */
    record Closed(String type, RunMessage run, long seq) {}
}
