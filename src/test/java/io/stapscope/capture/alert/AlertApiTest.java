package io.stapscope.capture.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stapscope.api.LoggedInClient;
import io.stapscope.api.RawHttp.Answer;
import io.stapscope.capture.CaptureService;
import io.stapscope.postgres.PostgresTestResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class AlertApiTest extends LoggedInClient {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Inject
    CaptureService captures;

    @Inject
    AlertWatch watch;

    @Test
    void aQuantileAndARateAboveTheirThresholdsAreFoundOnceAndEnd() {
        var name = "watched " + UUID.randomUUID();
        var id = running(name);
        for (int i = 0; i < 10; i++) {
            tracer.last().tick(20);
        }
        await(
                "/api/v1/captures/" + id,
                capture -> capture.path("totals").path(0).path("count").asLong() == 600);
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
        awaitStopped(id.toString());
        watch.round(started + 60_000).await().atMost(LIMIT);
        assertThat(json(get("/api/v1/alerts?capture=" + id)).get("alerts"))
                .noneMatch(alert -> alert.get("endedAt").isNull());
    }

    @Test
    void rulesRestAndGo() {
        var rule = json(add("anything", "resting " + UUID.randomUUID(), "\"threshold\":1", 201));
        var path = "/api/v1/alerts/rules/" + rule.get("id").asLong();
        assertThat(put(path, "{\"enabled\":false}").status()).isEqualTo(204);
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
        var answer = post("/api/v1/alerts/rules", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(expected);
        return answer;
    }

    private UUID running(String name) {
        var answer = post(
                "/api/v1/runs",
                "{\"script\":\"global latency probe process.syscall.return { latency[pid(), $syscall] <<< 1 }\","
                        + "\"persistent\":true,\"name\":\"" + name + "\"}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return UUID.fromString(json(answer).get("id").asText());
    }
}
