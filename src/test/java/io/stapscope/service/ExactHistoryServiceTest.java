package io.stapscope.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.tracer.Driver;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What was counted is what the store tells later, to the last call, also after the service was killed. */
@Tag("kernel")
@Timeout(400)
class ExactHistoryServiceTest {
    private static final Path CALLS = Driver.program("calls");
    private static final int RUNS = 10;
    private static final long N = 10_000_000;
    private static final int GETPPID = 110;
    private static final String SCRIPT = """
            global n
            probe process("CALLS").syscall { if ($syscall == 110) n[pid(), $syscall] <<< 1 }
            """.replace("CALLS", CALLS.toString());

    @Test
    void tenMillionCallsAreTenMillionInTheStoreTenTimesAndAfterAKill() {
        var state = RunningService.newStateDirectory();
        var captures = new ArrayList<JsonObject>();
        try (var service = RunningService.start(state).login()) {
            for (int i = 0; i < RUNS; i++) {
                captures.add(trace(service));
            }
            service.kill();
        }
        try (var service = RunningService.start(state).login()) {
            assertThat(service.get("/api/v1/captures").getLong("total")).isEqualTo(RUNS);
            for (var before : captures) {
                var after = service.get("/api/v1/captures/" + before.getString("id"));
                assertThat(after).isEqualTo(before);
                assertExact(service, before.getString("id"));
            }
        }
    }

    private static JsonObject trace(RunningService service) {
        try (var driver = Driver.start(CALLS, String.valueOf(N), "2", "hold")) {
            assertThat(driver.line()).isEqualTo("ready");
            var id = service.run(new JsonObject().put("script", SCRIPT).put("name", "exact"));
            driver.proceed();
            assertThat(driver.awaitEnd()).isZero();
            var capture = service.stopAndFind(id);
            assertThat(capture.getJsonObject("losses").getLong("lost")).isZero();
            var total = capture.getJsonArray("totals").getJsonObject(0);
            assertThat(total.getString("name")).isEqualTo("n");
            assertThat(total.getLong("count")).isEqualTo(N);
            assertExact(service, id);
            var pid = series(service, id, "pid");
            assertThat(pid.getJsonArray("keys").getJsonObject(0).getInteger("value"))
                    .isEqualTo(driver.pid());
            return capture;
        }
    }

    private static void assertExact(RunningService service, String id) {
        var columns = service.get("/api/v1/captures/" + id + "/heatmap?agg=0").getJsonArray("columns");
        long inColumns = 0;
        long inBuckets = 0;
        for (int i = 0; i < columns.size(); i++) {
            var column = columns.getJsonObject(i);
            inColumns += column.getLong("n");
            for (int j = 0; j < column.getJsonArray("buckets").size(); j++) {
                inBuckets += column.getJsonArray("buckets").getJsonArray(j).getLong(1);
            }
        }
        assertThat(inColumns).isEqualTo(N);
        assertThat(inBuckets).isEqualTo(N);
        var whole = service.get("/api/v1/captures/" + id + "/quantiles?agg=0&q=0.5,0.99")
                .getJsonObject("whole");
        assertThat(whole.getLong("n")).isEqualTo(N);
        assertThat(whole.getLong("sum")).isEqualTo(N);
        var syscall = series(service, id, "syscall");
        var key = syscall.getJsonArray("keys").getJsonObject(0);
        assertThat(key.getInteger("value")).isEqualTo(GETPPID);
        assertThat(key.getString("label")).isEqualTo("getppid");
        var full = series(service, id, "full");
        assertThat(full.getJsonArray("keys").size()).isEqualTo(2);
    }

    /** The only series of a facet, which holds everything. */
    private static JsonObject series(RunningService service, String id, String facet) {
        var page = service.get("/api/v1/captures/" + id + "/series?agg=0&facet=" + facet);
        assertThat(page.getLong("total")).as(facet).isEqualTo(1);
        var only = page.getJsonArray("series").getJsonObject(0);
        assertThat(only.getLong("count")).as(facet).isEqualTo(N);
        return only;
    }
}
