package io.stapscope.capture.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.stapscope.api.LoggedIn;
import io.stapscope.api.RawHttp;
import io.stapscope.api.RawHttp.Answer;
import io.stapscope.capture.CaptureService;
import io.stapscope.capture.FakeTracer;
import io.stapscope.postgres.PostgresTestResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@Timeout(120)
class AlertApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Inject
    FakeTracer tracer;

    @Inject
    CaptureService captures;

    @Inject
    AlertWatch watch;

    private int port;
    private String session = "";

    @BeforeEach
    void login() {
        port = RestAssured.port;
        session = LoggedIn.session(port);
    }

    @AfterEach
    void stopAll() {
        tracer.attached().forEach(run -> run.stop("the test ended"));
    }

    @Test
    void aQuantileAndARateAboveTheirThresholdsAreFoundOnceAndEnd() {
        var name = "watched " + UUID.randomUUID();
        var id = running(name);
        for (int i = 0; i < 10; i++) {
            tracer.last().tick(20);
        }
        stored(id, 600);
        // Every value is 100, and there are 60 a second.
        add(name, "slow", "\"quantile\":0.5,\"threshold\":99", 201);
        add(name, "fast", "\"quantile\":0.5,\"threshold\":101", 201);
        add(name, "busy", "\"threshold\":50", 201);
        add(name, "idle", "\"threshold\":70", 201);
        add(name, "idle", "\"threshold\":70", 409);
        long started = captures.find(id).view().startedAtMillis();

        watch.round(started + 8_000).await().atMost(LIMIT);
        assertThat(json(get("/api/v1/alerts?capture=" + id)).get("alerts"))
                .as("five seconds were not over")
                .isEmpty();
        watch.round(started + 9_500).await().atMost(LIMIT);
        watch.round(started + 10_500).await().atMost(LIMIT);

        var found = json(get("/api/v1/alerts?capture=" + id)).get("alerts");
        assertThat(found).hasSize(2).allMatch(alert -> alert.get("endedAt").isNull());
        assertThat(found)
                .anyMatch(alert -> alert.get("rule").asText().equals(name + " slow")
                        && alert.get("value").asDouble() == 100
                        && alert.get("measure").asText().equals("p50 of latency"))
                .anyMatch(alert -> alert.get("rule").asText().equals(name + " busy")
                        && alert.get("value").asDouble() >= 50);

        // Long after the last value the last five seconds hold nothing.
        for (int i = 0; i < 20; i++) {
            tracer.last().tick(0);
        }
        tracer.last().stop("enough");
        over(id);
        watch.round(started + 60_000).await().atMost(LIMIT);
        assertThat(json(get("/api/v1/alerts?capture=" + id)).get("alerts"))
                .noneMatch(alert -> alert.get("endedAt").isNull());
    }

    @Test
    void rulesRestAndGo() {
        var rule = json(add("anything", "resting " + UUID.randomUUID(), "\"threshold\":1", 201));
        var path = "/api/v1/alerts/rules/" + rule.get("id").asLong();
        assertThat(RawHttp.to(port)
                        .session(session)
                        .json()
                        .send("PUT", path, "{\"enabled\":false}")
                        .status())
                .isEqualTo(204);
        assertThat(json(get("/api/v1/alerts/rules")).get("rules"))
                .anyMatch(each -> each.get("id").equals(rule.get("id"))
                        && !each.get("enabled").asBoolean());
        assertThat(delete(path).status()).isEqualTo(204);
        assertThat(delete(path).status()).isEqualTo(404);
    }

    @Test
    void aRuleThatCannotWatchIsRefusedInWords() {
        add("x", "webhook", "\"threshold\":1,\"webhook\":\"http://169.254.169.254/\"", 400);
        add("x", "for", "\"threshold\":1,\"forSeconds\":1", 400);
        add("x", "quantile", "\"threshold\":1,\"quantile\":2", 400);
        add("", "capture", "\"threshold\":1", 400);
        add("x", "threshold", "\"forSeconds\":60", 400);
    }

    private Answer add(String capture, String name, String more, int expected) {
        var body = "{\"name\":\"" + capture + " " + name + "\",\"captureName\":\"" + capture
                + "\",\"aggregate\":\"latency\",\"forSeconds\":5," + more + "}";
        var answer = RawHttp.to(port).session(session).json().post("/api/v1/alerts/rules", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(expected);
        return answer;
    }

    private UUID running(String name) {
        var answer = RawHttp.to(port)
                .session(session)
                .json()
                .post(
                        "/api/v1/runs",
                        "{\"script\":\"global latency probe process.syscall.return { latency[pid(), $syscall] <<< 1 }\","
                                + "\"persistent\":true,\"name\":\"" + name + "\"}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return UUID.fromString(json(answer).get("id").asText());
    }

    private void stored(UUID id, long count) {
        await(id, capture -> capture.path("totals").path(0).path("count").asLong() == count);
    }

    private void over(UUID id) {
        await(id, capture -> capture.path("state").asText().equals("stopped"));
    }

    private void await(UUID id, Predicate<JsonNode> condition) {
        var deadline = Instant.now().plus(LIMIT);
        while (Instant.now().isBefore(deadline)) {
            if (condition.test(json(get("/api/v1/captures/" + id)))) {
                return;
            }
            LockSupport.parkNanos(50_000_000);
        }
        throw new AssertionError("not in time: " + get("/api/v1/captures/" + id));
    }

    private static JsonNode json(Answer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(answer.toString(), e);
        }
    }

    private Answer get(String path) {
        return RawHttp.to(port).session(session).get(path);
    }

    private Answer delete(String path) {
        return RawHttp.to(port).session(session).json().send("DELETE", path, "");
    }
}
