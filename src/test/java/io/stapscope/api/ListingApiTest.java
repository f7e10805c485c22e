package io.stapscope.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stapscope.postgres.PostgresTestResource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class ListingApiTest extends LoggedInClient {
    private RawHttp.Answer listing(String script) {
        return post("/api/v1/listing", "{\"script\":" + JSON.valueToTree(script) + "}");
    }

    @Test
    void theInstructionsOfEachLineAreShown() {
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
    void aWrongScriptIsAnsweredWithItsDiagnostics() {
        var answer = listing("probe begin {");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(json(answer)
                        .get("error")
                        .get("diagnostics")
                        .get(0)
                        .get("line")
                        .asInt())
                .isEqualTo(1);
        assertThat(post("/api/v1/listing", "{}").status()).isEqualTo(400);
    }
}
