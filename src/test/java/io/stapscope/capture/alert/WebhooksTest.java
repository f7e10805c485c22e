package io.stapscope.capture.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.stapscope.history.AlertRule;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhooksTest {
    private static final UUID CAPTURE = UUID.randomUUID();

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private HttpServer server;
    private int status = 204;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            received.add(exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void anAllowedHostIsTold() {
        assertThat(tell("/hook?x=1", "127.0.0.1:" + port())).isEqualTo("answered 204");
        assertThat(received.remove())
                .startsWith("/hook?x=1 {")
                .contains("\"rule\":\"slow\"", "\"measure\":\"p99 of latency\"", "\"value\":12.5", CAPTURE.toString());
    }

    @Test
    void anotherHostOrPortIsNotAsked() {
        assertThat(tell("/", "127.0.0.1:1")).startsWith("refused: ");
        assertThat(tell("/", "127.0.0.1")).as("the port must be named").startsWith("refused: ");
        assertThat(tell("/", "example.org")).startsWith("refused: ");
        assertThat(received).isEmpty();
    }

    @Test
    void redirectsAreNotFollowedAndFailuresAreTold() {
        status = 302;
        assertThat(tell("/", "127.0.0.1:" + port())).isEqualTo("answered 302");
        assertThat(received).hasSize(1);
        int gone = port();
        server.stop(0);
        assertThat(webhooks("127.0.0.1:" + gone)
                        .tell(rule("http://127.0.0.1:" + gone + "/"), CAPTURE, 0, 1)
                        .await()
                        .atMost(Duration.ofSeconds(20)))
                .startsWith("failed: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "ftp://allowed/",
                "allowed",
                "http:///x",
                "http://user@allowed/",
                "http://other/",
                "http://allowed:81/",
                "https://allowed.evil.test/",
                "http://[::1]/",
                "not an address"
            })
    void addressesThatAreNotAllowedAreRefusedInWords(String webhook) {
        assertThat(webhooks("allowed").refusal(webhook)).isNotNull();
    }

    @Test
    void theDefaultPortNeedNotBeNamed() {
        assertThat(webhooks("Allowed").refusal("https://allowed/x")).isNull();
        assertThat(webhooks("allowed:443").refusal("https://ALLOWED/x")).isNull();
        assertThat(webhooks("allowed:443").refusal("http://allowed/x")).isNotNull();
    }

    private String tell(String path, String host) {
        return webhooks(host)
                .tell(rule("http://127.0.0.1:" + port() + path), CAPTURE, 0, 12.5)
                .await()
                .atMost(Duration.ofSeconds(20));
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private static Webhooks webhooks(String host) {
        return new Webhooks(List.of(host));
    }

    private static AlertRule rule(String webhook) {
        return new AlertRule(1, "slow", "nightly", "latency", 0.99, 10, 60, webhook, true);
    }
}
