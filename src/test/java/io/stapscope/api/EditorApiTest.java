package io.stapscope.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stapscope.postgres.PostgresTestResource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class EditorApiTest extends LoggedInClient {
    @Test
    void whatCanBeWrittenIsSuggested() {
        var answer = ask("complete", "probe begin { exe", 17);
        assertThat(answer.get("from").asInt()).isEqualTo(14);
        var item = answer.get("items").get(0);
        assertThat(item.get("label").asText()).isEqualTo("execname");
        assertThat(item.get("kind").asText()).isEqualTo("function");
        assertThat(item.get("detail").asText()).isEqualTo("execname:string ()");
        assertThat(item.get("apply").asText()).isEqualTo("execname()");
    }

    @Test
    void aWordIsExplainedAndItsDeclarationFound() {
        var script = "global total probe begin { total = pid() }";
        assertThat(ask("hover", script, 37).at("/hover/code").asText()).isEqualTo("pid:long ()");
        assertThat(ask("hover", script, 26).get("hover").isNull()).isTrue();
        assertThat(ask("definition", script, 28).at("/definition/start").asInt())
                .isEqualTo(7);
        assertThat(ask("definition", script, 37).get("definition").isNull()).isTrue();
    }

    @Test
    void aScriptIsFormatted() {
        assertThat(ask("format", "probe begin{x=1}", 0).get("script").asText())
                .isEqualTo("probe begin {\n    x = 1\n}\n");
    }

    @Test
    void aCompiledScriptIsListedByItsLines() {
        var listing = ask("listing", "global n\nprobe process.syscall {\n    n++\n}\n", 0);
        assertThat(listing.get("maps")).isNotEmpty();
        assertThat(listing.at("/programs/0/lines"))
                .anyMatch(group -> group.get("line").asInt() == 3
                        && group.get("text").asText().equals("n++")
                        && !group.get("instructions").isEmpty());
        var wrong = post("/api/v1/listing", body("probe begin { nonsense() }", 0));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(json(wrong).at("/error/diagnostics/0/line").asInt()).isEqualTo(1);
    }

    @Test
    void thePointsOfThisHostAreListedWithTheirVariables() {
        var points = answer("points?pattern=process.syscall*&limit=1");
        assertThat(points.at("/points/0/text").asText()).isEqualTo("process.syscall");
        assertThat(points.get("points").size()).isEqualTo(1);
        assertThat(points.get("more").asBoolean()).isFalse();
        assertThat(answer("points?pattern=kernel.trace(%22*%22)&limit=2")
                        .get("more")
                        .asBoolean())
                .isTrue();
        assertThat(answer("points/variables?point=process.syscall.return").get("variables"))
                .anyMatch(each -> each.get("name").asText().equals("$return")
                        && each.get("type").asText().equals("long"));
        assertThat(answer("points/variables?point=no.such.point").get("variables"))
                .isEmpty();
        var wrong = get("/api/v1/points/variables?point=begin%7B%7D");
        assertThat(wrong.status()).isEqualTo(400);
    }

    @Test
    void whatCannotBeCountedIsRefused() {
        var wrong = post("/api/v1/estimate", body("probe begin { nonsense() }", 0));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(json(wrong).at("/error/diagnostics/0/line").asInt()).isEqualTo(1);
        var command = post("/api/v1/estimate", "{\"script\": \"probe begin { }\", \"target\": {\"command\": \"ls\"}}");
        assertThat(command.status()).isEqualTo(400);
        var unhit = json(post("/api/v1/estimate", body("probe begin { }", 0)));
        assertThat(unhit.at("/points/0/text").asText()).isEqualTo("begin");
        assertThat(unhit.at("/points/0/counted").asBoolean(true)).isFalse();
        assertThat(unhit.get("hitsPerSecond").asDouble()).isZero();
    }

    @Test
    void theToolsAreListedWithTheirScripts() {
        var answer = json(get("/api/v1/tools"));
        assertThat(answer.get("tools").size()).isGreaterThan(3);
        assertThat(answer.at("/tools/0/english/title").asText()).isEqualTo("System calls by program");
        assertThat(answer.at("/tools/0/script").asText()).contains("probe process.syscall");
    }

    @Test
    void offsetsOutsideOfTheTextAreTakenAsItsEnds() {
        assertThat(ask("complete", "pro", 1000).get("items").get(0).get("label").asText())
                .isEqualTo("probe");
        assertThat(ask("hover", "probe", -5).at("/hover/start").asInt()).isZero();
    }

    @Test
    void aScriptThatIsMissingOrTooLongIsRefused() {
        assertThat(post("/api/v1/complete", "{\"offset\":1}").status()).isEqualTo(400);
        assertThat(post("/api/v1/hover", body("#".repeat(70_000), 1)).status()).isEqualTo(413);
    }

    /** The request of each of these routes is a script, and a place where it needs one. */
    private JsonNode ask(String route, String script, int offset) {
        var answer = post("/api/v1/" + route, body(script, offset));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    private static String body(String script, int offset) {
        return "{\"script\":" + JSON.valueToTree(script) + ",\"offset\":" + offset + "}";
    }

    private JsonNode answer(String path) {
        return json(get("/api/v1/" + path));
    }
}
