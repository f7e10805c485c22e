package io.stapscope.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.stapscope.postgres.PostgresTestResource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ListingApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private int port;
    private String session = "";

    @BeforeEach
    void login() {
        port = RestAssured.port;
        session = LoggedIn.session(port);
    }

    private RawHttp.Answer listing(String script) throws JsonProcessingException {
        return RawHttp.to(port)
                .session(session)
                .json()
                .post("/api/v1/listing", JSON.writeValueAsString(Map.of("script", script)));
    }

    private static JsonNode json(RawHttp.Answer answer) throws JsonProcessingException {
        return JSON.readTree(answer.body());
    }

    @Test
    void theInstructionsOfEachLineAreShown() throws JsonProcessingException {
        var answer = listing("global n\nprobe process.syscall {\n  n[pid()]++\n}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        var program = json(answer).get("programs").get(0);
        assertThat(program.get("name").asText()).isEqualTo("sys_enter0");
        assertThat(program.get("hook").asText()).isEqualTo("BTF raw tracepoint sys_enter");
        assertThat(program.get("lines"))
                .anyMatch(group -> group.get("line").asInt() == 3
                        && group.get("text").asText().equals("n[pid()]++")
                        && group.get("instructions").size() > 3);
    }

    @Test
    void aWrongScriptIsAnsweredWithItsDiagnostics() throws JsonProcessingException {
        var answer = listing("probe begin {");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(json(answer)
                        .get("error")
                        .get("diagnostics")
                        .get(0)
                        .get("line")
                        .asInt())
                .isEqualTo(1);
        assertThat(RawHttp.to(port)
                        .session(session)
                        .json()
                        .post("/api/v1/listing", "{}")
                        .status())
                .isEqualTo(400);
    }
}
