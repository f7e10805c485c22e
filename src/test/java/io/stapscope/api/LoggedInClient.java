package io.stapscope.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import io.stapscope.api.RawHttp.Answer;
import io.stapscope.capture.FakeTracer;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** What tests of the API have: a session with the service under test, and its tracer, which ends what a test left running. */
@Timeout(120)
public abstract class LoggedInClient {
    protected static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    @Inject
    protected FakeTracer tracer;

    protected int port;
    protected String session = "";

    @BeforeEach
    void login() {
        port = RestAssured.port;
        session = LoggedIn.session(port);
    }

    @AfterEach
    void stopAll() {
        tracer.attached().forEach(run -> run.stop("the test ended"));
    }

    private RawHttp http() {
        return RawHttp.to(port).session(session);
    }

    protected Answer get(String path) {
        return http().get(path);
    }

    protected Answer post(String path, String body) {
        return http().json().post(path, body);
    }

    protected Answer put(String path, String body) {
        return http().json().send("PUT", path, body);
    }

    protected Answer delete(String path) {
        return http().json().send("DELETE", path, "");
    }

    protected static JsonNode json(Answer answer) {
        return json(answer.body());
    }

    protected static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    /** Asks until what comes is as wanted. */
    protected JsonNode await(String path, Predicate<JsonNode> wanted) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < deadline) {
            var node = json(get(path));
            if (wanted.test(node)) {
                return node;
            }
            LockSupport.parkNanos(50_000_000);
        }
        throw new AssertionError("not in time: " + get(path));
    }

    /** Waits until a capture is over and stored. */
    protected JsonNode awaitStopped(String capture) {
        return await(
                "/api/v1/captures/" + capture,
                stored -> stored.path("state").asText().equals("stopped"));
    }
}
