package io.stapscope.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.stapscope.api.RawHttp.Answer;
import io.stapscope.history.Retention;
import io.stapscope.history.RetentionPolicy;
import io.stapscope.postgres.PostgresTestResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@Timeout(120)
class RetentionApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROUTE = "/api/v1/retention";

    @Inject
    Retention retention;

    private int port;
    private String session = "";

    @BeforeEach
    void login() {
        port = RestAssured.port;
        session = LoggedIn.session(port);
    }

    @AfterEach
    void asItWas() {
        retention
                .change(new RetentionPolicy("", 3, 30, 396, 7, 20L << 30))
                .await()
                .atMost(Duration.ofSeconds(30));
    }

    @Test
    void policiesAreShownAndChanged() {
        var shown = json(send("GET", ROUTE, ""));
        assertThat(shown.get("policies").get(0).toString())
                .isEqualTo("{\"owner\":\"\",\"secondDays\":3,\"minuteDays\":30,\"hourDays\":396,\"lineDays\":7,"
                        + "\"quotaBytes\":21474836480}");
        assertThat(shown.get("usage").get("predictedBytes").isNumber()).isTrue();

        assertThat(send("PUT", ROUTE, policy("", 5)).status()).isEqualTo(204);
        assertThat(send("PUT", ROUTE, policy("ann", 2)).status()).isEqualTo(204);
        var changed = json(send("GET", ROUTE + "?owner=ann", ""));
        assertThat(changed.get("policies").get(0).get("secondDays").asInt()).isEqualTo(5);
        assertThat(changed.get("policies").get(1).get("owner").asText()).isEqualTo("ann");
        assertThat(changed.get("usage").get("bytes").asLong()).isZero();

        assertThat(send("DELETE", ROUTE + "/ann", "").status()).isEqualTo(204);
        assertThat(send("DELETE", ROUTE + "/ann", "").status()).isEqualTo(404);
    }

    @Test
    void whatMakesNoSenseIsRefusedInWords() {
        var refused = send("PUT", ROUTE, policy("", 40));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("coarser rows are kept at least as long as finer ones");
        assertThat(send("PUT", ROUTE, "").status()).isEqualTo(400);
    }

    @Test
    void theAccountOfACaptureThatIsNotThereIsNotFound() {
        assertThat(send("GET", "/api/v1/captures/" + UUID.randomUUID() + "/account", "")
                        .status())
                .isEqualTo(404);
    }

    private static String policy(String owner, int secondDays) {
        return "{\"owner\":\"" + owner + "\",\"secondDays\":" + secondDays
                + ",\"minuteDays\":30,\"hourDays\":396,\"lineDays\":7,\"quotaBytes\":1073741824}";
    }

    private Answer send(String method, String path, String body) {
        var http = RawHttp.to(port).session(session);
        return method.equals("GET") ? http.get(path) : http.json().send(method, path, body);
    }

    private static JsonNode json(Answer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(answer.toString(), e);
        }
    }
}
