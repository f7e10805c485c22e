package io.stapscope.capture.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.stapscope.api.LoggedIn;
import io.stapscope.api.RawHttp;
import io.stapscope.capture.FakeTracer;
import io.stapscope.postgres.PostgresTestResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@Timeout(60)
class OtlpPushApiTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Inject
    FakeTracer tracer;

    @Inject
    OtlpPush push;

    @Test
    void aCollectorGetsWhatRuns() throws IOException {
        var body = new AtomicReference<>("");
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/metrics", exchange -> {
            body.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        var name = "pushed " + UUID.randomUUID();
        int port = RestAssured.port;
        var started = RawHttp.to(port)
                .session(LoggedIn.session(port))
                .json()
                .post(
                        "/api/v1/runs",
                        "{\"script\":\"global latency probe process.syscall.return { latency[pid(), $syscall] <<< 1 }\","
                                + "\"persistent\":true,\"name\":\"" + name + "\"}");
        assertThat(started.status()).as(started.body()).isEqualTo(201);
        tracer.last().tick(5);
        try {
            var deadline = Instant.now().plus(LIMIT);
            while (!body.get().contains("\"count\":\"15\"") && Instant.now().isBefore(deadline)) {
                assertThat(push(server, "/v1/metrics")).isNull();
                LockSupport.parkNanos(50_000_000);
            }
            assertThat(body.get()).contains(name, "\"stapscope.values\"", "\"sum\":1500");
            assertThat(push(server, "/nothing")).isEqualTo("answered 404");
        } finally {
            tracer.last().stop("the test ended");
            server.stop(0);
        }
    }

    private String push(HttpServer server, String path) {
        var to = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        return push.push(to, 61_000).await().atMost(LIMIT);
    }
}
