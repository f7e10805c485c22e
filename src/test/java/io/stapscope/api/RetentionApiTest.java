package io.stapscope.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stapscope.history.Retention;
import io.stapscope.history.RetentionPolicy;
import io.stapscope.postgres.PostgresTestResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class RetentionApiTest extends LoggedInClient {
    private static final String ROUTE = "/api/v1/retention";

    @Inject
    Retention retention;

    @AfterEach
    void asItWas() {
        retention
                .change(new RetentionPolicy("", 3, 30, 396, 7, 20L << 30))
                .await()
                .atMost(Duration.ofSeconds(30));
    }

    @Test
    void policiesAreShownAndChanged() {
        var shown = json(get(ROUTE));
        assertThat(shown.get("policies").get(0).toString())
                .isEqualTo("{\"owner\":\"\",\"secondDays\":3,\"minuteDays\":30,\"hourDays\":396,\"lineDays\":7,"
                        + "\"quotaBytes\":21474836480}");
        assertThat(shown.get("usage").get("predictedBytes").isNumber()).isTrue();

        assertThat(put(ROUTE, policy("", 5)).status()).isEqualTo(204);
        assertThat(put(ROUTE, policy("ann", 2)).status()).isEqualTo(204);
        var changed = json(get(ROUTE + "?owner=ann"));
        assertThat(changed.get("policies").get(0).get("secondDays").asInt()).isEqualTo(5);
        assertThat(changed.get("policies").get(1).get("owner").asText()).isEqualTo("ann");
        assertThat(changed.get("usage").get("bytes").asLong()).isZero();

        assertThat(delete(ROUTE + "/ann").status()).isEqualTo(204);
        assertThat(delete(ROUTE + "/ann").status()).isEqualTo(404);
    }

    @Test
    void whatMakesNoSenseIsRefusedInWords() {
        var refused = put(ROUTE, policy("", 40));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("coarser rows are kept at least as long as finer ones");
        assertThat(put(ROUTE, "").status()).isEqualTo(400);
    }

    @Test
    void theAccountOfACaptureThatIsNotThereIsNotFound() {
        assertThat(get("/api/v1/captures/" + UUID.randomUUID() + "/account").status())
                .isEqualTo(404);
    }

    private static String policy(String owner, int secondDays) {
        return "{\"owner\":\"" + owner + "\",\"secondDays\":" + secondDays
                + ",\"minuteDays\":30,\"hourDays\":396,\"lineDays\":7,\"quotaBytes\":1073741824}";
    }
}
