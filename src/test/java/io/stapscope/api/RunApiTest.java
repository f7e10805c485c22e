package io.stapscope.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stapscope.api.RawHttp.Answer;
import io.stapscope.postgres.PostgresTestResource;
import io.stapscope.tracer.Window;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class RunApiTest extends LoggedInClient {
    private static final String SCRIPT = "global latency probe process.syscall.return "
            + "{ latency[pid(), $syscall] <<< gettimeofday_ns() - @entry(gettimeofday_ns()) }";

    @Test
    void aFileOfARunIsRead() {
        var id = json(post("/api/v1/runs", run(SCRIPT, "\"name\":\"files\"")))
                .get("id")
                .asText();
        tracer.last().tick(5);
        var files = json(get("/api/v1/runs/" + id + "/files")).get("files");
        assertThat(files.get(0).get("name").asText()).isEqualTo("totals");
        assertThat(json(get("/api/v1/runs/" + id + "/files/totals"))
                        .get("content")
                        .asText())
                .isEqualTo("hits 15\n");
        assertThat(post("/api/v1/runs/" + id + "/input", "{\"content\":\"x\"}").status())
                .isEqualTo(204);
        assertThat(post("/api/v1/runs/" + id + "/input", "{}").status()).isEqualTo(400);
    }

    @Test
    void aRunIsStartedWatchedStoppedAndFoundAgain() {
        var started = post("/api/v1/runs", run(SCRIPT, "\"name\":\"first light\""));
        assertThat(started.status()).as(started.body()).isEqualTo(201);
        var run = json(started);
        assertThat(run.get("state").asText()).isEqualTo("running");
        assertThat(run.get("stoppedAt").isNull()).isTrue();
        assertThat(run.get("aggregates").get(0).get("name").asText()).isEqualTo("latency");
        assertThat(run.get("aggregates").get(0).get("keyKinds").toString()).isEqualTo("[\"pid\",\"syscall\"]");
        var id = run.get("id").asText();
        tracer.last().print("hello\n");
        tracer.last().tick(100);
        tracer.last().tick(11);

        assertThat(json(get("/api/v1/runs")).get("runs"))
                .anyMatch(each -> each.get("id").asText().equals(id));
        assertThat(get("/api/v1/metrics/accounts").body())
                .contains("stapscope_capture_applied_total{capture=\"" + id + "\"} ")
                .contains("# TYPE stapscope_store_waiting gauge\nstapscope_store_waiting 0\n");
        assertThat(json(get("/api/v1/runs/" + id)).get("losses").get("hits").asLong())
                .isEqualTo(333);
        assertThat(run.get("probes").get(0).get("point").asText()).isEqualTo("process.syscall.return");
        assertThat(json(get("/api/v1/runs/" + id)).get("losses").get("probes").toString())
                .isEqualTo("[{\"handler\":0,\"hits\":333,\"lost\":0,\"nanosPerHit\":100,\"estimated\":false}]");
        assertThat(delete("/api/v1/captures/" + id).status())
                .as("it still runs")
                .isEqualTo(409);
        assertThat(delete("/api/v1/runs/" + id).status()).isEqualTo(202);

        var capture = awaitStopped(id);
        assertThat(capture.get("name").asText()).isEqualTo("first light");
        assertThat(capture.get("totals").get(0).get("count").asLong()).isEqualTo(333);
        assertThat(capture.get("probes").get(0).get("point").asText()).isEqualTo("process.syscall.return");
        assertThat(capture.get("losses").get("probes").get(0).get("hits").asLong())
                .isEqualTo(333);
        var account = json(get("/api/v1/captures/" + id + "/account"));
        assertThat(account.get("complete").asBoolean()).as(account.toString()).isTrue();
        assertThat(account.get("gaps")).isEmpty();
        assertThat(capture.get("consoleLines").asLong()).isEqualTo(1);
        assertThat(json(get("/api/v1/captures?query=first+light")).get("total").asLong())
                .isPositive();
        storedDistributionIsExact(id);
        assertThat(delete("/api/v1/captures/" + id).status()).isEqualTo(204);
        assertThat(get("/api/v1/captures/" + id).status()).isEqualTo(404);
    }

    @Test
    void whatIsCountedByStackIsATreeOfCallsWhileItRunsAndWhenItIsStored() {
        var script = "global calls probe process.syscall { calls[ubacktrace()] <<< $arg1 }";
        var started = json(post("/api/v1/runs", run(script, "\"name\":\"stacks\"")));
        assertThat(started.get("aggregates").get(0).get("keyKinds").toString()).isEqualTo("[\"ustack\"]");
        var id = started.get("id").asText();
        var read = new Window.Stack("0x10 0x20", List.of("main", "read;\u00ff"));
        var write = new Window.Stack("0x11 0x20", List.of("main", "write"));
        tracer.last().tickStacks(40, read, write);
        tracer.last().tickStacks(2, read, write);
        var counts = "{\"name\":\"all\",\"value\":126,\"children\":[{\"name\":\"main\",\"value\":126,\"children\":["
                + "{\"name\":\"read:\\\\xff\",\"value\":42,\"children\":[]},"
                + "{\"name\":\"write\",\"value\":84,\"children\":[]}]}]}";
        var run = "/api/v1/runs/" + id + "/flame";
        assertThat(get(run).body()).endsWith(counts);
        assertThat(json(get(run + "?value=sum")).get("value").asLong()).isEqualTo(12_600);
        assertThat(code(get(run + "?agg=7"))).isEqualTo("404 no_such_aggregate");
        assertThat(code(get(run + "?value=mean"))).isEqualTo("400 bad_request");

        assertThat(delete("/api/v1/runs/" + id).status()).isEqualTo(202);
        var capture = "/api/v1/captures/" + id;
        await(capture, stored -> stored.path("state").asText().equals("stopped"));
        assertThat(get(capture + "/flame").body()).endsWith(counts);
        assertThat(json(get(capture + "/flame?value=sum"))
                        .get("children")
                        .get(0)
                        .get("value")
                        .asLong())
                .isEqualTo(12_600);
        assertThat(code(get(capture + "/flame?agg=7"))).isEqualTo("404 no_such_aggregate");
    }

    @Test
    void withoutAStackThereIsNoTreeOfCalls() {
        var id = json(post("/api/v1/runs", run(SCRIPT, "\"name\":\"no stacks\"")))
                .get("id")
                .asText();
        var answer = get("/api/v1/runs/" + id + "/flame");

        assertThat(code(answer)).isEqualTo("400 bad_request");
        assertThat(json(answer).get("error").get("message").asText()).contains("latency[ubacktrace()] <<< 1");
        assertThat(code(get("/api/v1/runs/" + UUID.randomUUID() + "/flame"))).isEqualTo("404 no_such_run");
        assertThat(code(get("/api/v1/captures/" + UUID.randomUUID() + "/flame")))
                .isEqualTo("404 no_such_capture");
    }

    private void storedDistributionIsExact(String id) {
        var capture = "/api/v1/captures/" + id;
        var series = json(get(capture + "/series?facet=pid")).get("series");
        assertThat(series).hasSize(2);
        assertThat(series.get(0).get("count").asLong()).isEqualTo(222);
        assertThat(series.get(0).get("keys").get(0).get("label").asText()).isEqualTo("4712 <img\\xff\\x1b>");
        assertThat(series.get(1).get("keys").get(0).get("value").asLong()).isEqualTo(4711);
        var heatmap = json(get(capture + "/heatmap?columns=10"));
        long counted = 0;
        for (var column : heatmap.get("columns")) {
            counted += column.get("n").asLong();
        }
        assertThat(counted).isEqualTo(333);
        var whole = json(get(capture + "/quantiles?q=0.5,0.99&columns=1")).get("whole");
        assertThat(whole.get("n").asLong()).isEqualTo(333);
        assertThat(whole.get("values").get(0).asDouble()).isBetween(96.0, 104.0);
        assertThat(json(get(capture + "/console"))
                        .get("lines")
                        .get(0)
                        .get("text")
                        .asText())
                .isEqualTo("hello");
    }

    @Test
    void aWrongScriptIsRefusedWithItsPlaces() {
        var answer = post("/api/v1/runs", run("probe begin { nonsense() }", "\"name\":\"x\""));

        assertThat(answer.status()).isEqualTo(422);
        var error = json(answer).get("error");
        assertThat(error.get("code").asText()).isEqualTo("script_rejected");
        var diagnostic = error.get("diagnostics").get(0);
        assertThat(diagnostic.get("severity").asText()).isEqualTo("error");
        assertThat(diagnostic.get("code").asText()).startsWith("E");
        assertThat(diagnostic.get("line").asInt()).isEqualTo(1);
    }

    @Test
    void aCheckSaysWhatWouldBeAttachedAndStartsNothing() {
        var attached = tracer.attached().size();

        var check = json(post("/api/v1/check", run(SCRIPT, "\"arguments\":[]")));

        assertThat(check.get("ok").asBoolean()).isTrue();
        assertThat(check.get("aggregates").get(0).get("kind").asText()).isEqualTo("statistic");
        assertThat(tracer.attached()).hasSize(attached);
        var wrong = json(post("/api/v1/check", run("probe begin { nonsense() }", "\"arguments\":[]")));
        assertThat(wrong.get("ok").asBoolean()).isFalse();
        assertThat(wrong.get("diagnostics")).isNotEmpty();
    }

    @Test
    void commandsAreNotStartedForAPage() {
        var answer = post("/api/v1/runs", run(SCRIPT, "\"target\":{\"command\":\"id\"}"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(json(answer).get("error").get("code").asText()).isEqualTo("command_not_allowed");
        assertThat(json(answer).get("error").get("message").asText()).contains("allow-target-command");
    }

    @Test
    void whatTheKernelRefusesIsSaidWithItsLog() {
        var answer = post("/api/v1/runs", run(SCRIPT + " # refused by the kernel", "\"name\":\"x\""));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(json(answer).get("error").get("args").get("kernelLog").asText())
                .isEqualTo("R0 !read_ok");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"script\":7}", "{\"script\":null}", "{}", "null", "{\"script\":{}}"})
    void aBodyOfAnotherShapeIsRefusedInTheOneShapeOfErrors(String body) {
        var answer = post("/api/v1/runs", body);

        assertThat(answer.status()).as(answer.body()).isBetween(400, 422);
        assertThat(json(answer).get("error").get("message").asText()).isNotEmpty();
        assertThat(answer.body()).doesNotContain("jackson").doesNotContain("io.stapscope");
    }

    @Test
    void whatIsNotThereIsSaidSo() {
        var nothing = UUID.randomUUID();
        assertThat(code(get("/api/v1/runs/" + nothing))).isEqualTo("404 no_such_run");
        assertThat(code(delete("/api/v1/runs/" + nothing))).isEqualTo("404 no_such_run");
        assertThat(code(get("/api/v1/captures/" + nothing))).isEqualTo("404 no_such_capture");
        assertThat(code(get("/api/v1/captures/" + nothing + "/heatmap?columns=5000")))
                .isEqualTo("400 bad_request");
        assertThat(code(get("/api/v1/captures/" + nothing + "/quantiles?q=2"))).isEqualTo("400 bad_request");
        assertThat(code(get("/api/v1/captures/" + nothing + "/series?facet=colour")))
                .isEqualTo("400 bad_request");
        assertThat(code(get("/api/v1/captures/" + nothing + "/console?after=" + Long.MAX_VALUE)))
                .isEqualTo("400 bad_request");
        assertThat(code(get("/api/v1/captures/" + nothing + "/console?after=-1")))
                .isEqualTo("400 bad_request");
        for (var path : List.of("", "/" + nothing + "/heatmap", "/" + nothing + "/quantiles")) {
            assertThat(code(get("/api/v1/captures" + path + "?from=" + Long.MAX_VALUE)))
                    .isEqualTo("400 bad_request");
            assertThat(code(get("/api/v1/captures" + path + "?to=" + Long.MIN_VALUE)))
                    .isEqualTo("400 bad_request");
        }
        assertThat(get("/api/v1/captures/not-an-id").status()).isIn(400, 404);
        assertThat(get("/api/v1/nothing").status()).isEqualTo(404);
    }

    @Test
    void aRequestThatIsTooLargeIsRefused() {
        assertThat(post("/api/v1/check", run("#".repeat(70_000), "\"arguments\":[]"))
                        .status())
                .isEqualTo(413);
        assertThat(post("/api/v1/check", run("#".repeat(1_100_000), "\"arguments\":[]"))
                        .status())
                .isIn(0, 413);
    }

    @Test
    void namesOfProcessesCannotBecomeMarkup() {
        var answer = get("/api/v1/processes?query=x");

        assertThat(answer.body()).doesNotContain("<").doesNotContain(">");
        assertThat(json(answer).get("processes").get(0).get("name").asText()).isEqualTo("<img src=x>");
    }

    @Test
    void thePageLearnsWhatThisMachineOffers() {
        assertThat(json(get("/api/v1/session")).get("authenticated").asBoolean())
                .isTrue();
        assertThat(json(get("/api/v1/session")).get("commandAllowed").asBoolean())
                .isFalse();
        assertThat(json(get("/api/v1/syscalls")).get("names").get("0").asText()).isEqualTo("read");
        assertThat(json(get("/api/v1/probes?prefix=process")).get("probes")).isNotEmpty();
        var checks = json(get("/api/v1/doctor")).get("checks");
        assertThat(checks).anySatisfy(check -> {
            assertThat(check.get("id").asText()).isEqualTo("database");
            assertThat(check.get("verdict").asText()).isEqualTo("works");
        });
    }

    private static String run(String script, String more) {
        return "{\"script\":" + JSON.valueToTree(script) + ",\"persistent\":true," + more + "}";
    }

    private String code(Answer answer) {
        return answer.status() + " " + json(answer).path("error").path("code").asText();
    }
}
