package io.stapscope.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.stapscope.api.LoggedIn;
import io.stapscope.api.RawHttp;
import io.stapscope.api.RawHttp.Answer;
import io.stapscope.capture.FakeTracer;
import io.stapscope.postgres.PostgresTestResource;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every route of the API's own description, asked by whom it must not answer. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class RouteMatrixApiTest {
    private static final String LOGIN = "/api/v1/login";

    /** Would start a run, were it let through. */
    private static final String BODY = "{\"script\":\"global s probe begin { s <<< 1 }\",\"persistent\":true}";

    @Inject
    FakeTracer tracer;

    private int port;
    private String session = "";
    private List<Route> routes = List.of();

    record Route(String method, String path) {
        boolean isWrite() {
            return !method.equals("GET");
        }

        boolean isLogin() {
            return path.equals(LOGIN);
        }
    }

    @BeforeEach
    void describe() throws JsonProcessingException {
        port = RestAssured.port;
        session = LoggedIn.session(port);
        var answer = RawHttp.to(port)
                .session(session)
                .with("Accept", "application/json")
                .get("/q/openapi?format=json");
        assertThat(answer.status()).isEqualTo(200);
        var found = new ArrayList<Route>();
        var text = answer.body();
        var document = new ObjectMapper().readTree(text.substring(text.indexOf('{'), text.lastIndexOf('}') + 1));
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    if (List.of("get", "post", "put", "patch", "delete").contains(operation.getKey())) {
                        found.add(new Route(
                                operation.getKey().toUpperCase(Locale.ROOT),
                                path.getKey()
                                        .replace("{id}", UUID.randomUUID().toString())
                                        .replace("{name}", "name")
                                        .replace("{annotation}", "1")
                                        .replace("{rule}", "1")
                                        .replace("{owner}", "somebody")));
                    }
                }));
        routes = found;
        assertThat(routes).hasSizeGreaterThan(15).allMatch(route -> !route.path()
                .contains("{"));
    }

    @Test
    void withoutASessionEveryRouteIsRefused() {
        everyRoute(request -> request, 401);
    }

    @Test
    void withAWrongSessionEveryRouteIsRefused() {
        everyRoute(request -> request.session("wrong"), 401);
    }

    @Test
    void theLoginTokenItselfIsNoSessionAndWorksOnce() {
        var token = LoggedIn.token();
        assertThat(login(token).status()).isEqualTo(204);

        assertThat(login(token).status()).isEqualTo(401);
        everyRoute(request -> request.session(token), 401);
    }

    @Test
    void aForeignOriginIsRefusedEverywhereWithASessionToo() {
        everyRoute(request -> request.session(session).with("Origin", "http://evil.test"), 403);
    }

    @Test
    void aForeignHostIsRefusedEverywhereWithNothingSaid() {
        var answers = everyRoute(request -> request.session(session).with("Host", "evil.test"), 421);
        assertThat(answers).allSatisfy(answer -> assertThat(answer.body()).isEmpty());
    }

    @Test
    void aWriteThatIsNotJsonIsRefused() {
        everyWrite(request -> request.session(session).with("Content-Type", "text/plain"), 415);
        everyWrite(request -> request.session(session).with("Content-Type", "application/x-www-form-urlencoded"), 415);
    }

    @Test
    void aWriteThatAnotherPageCouldSendIsRefused() {
        everyWrite(request -> request.session(session).without("X-Requested-By"), 403);
        everyWrite(request -> request.session(session).with("Sec-Fetch-Site", "cross-site"), 403);
        everyWrite(request -> request.session(session).with("Sec-Fetch-Site", "same-site"), 403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/captures", "/index.html", "/assets/x.js", "/q/dev-ui", "/q/openapi", "/q/health"})
    void aForeignHostGetsNoFileAndNoPage(String path) {
        for (var host : List.of("evil.test", "127.0.0.1.evil.test:" + port, "127.0.0.1:1", "localhost.:" + port)) {
            var answer = RawHttp.to(port).session(session).with("Host", host).get(path);
            assertThat(answer.status()).as(host).isEqualTo(421);
            assertThat(answer.body()).isEmpty();
        }
    }

    @Test
    void aRequestWithTwoHostsOrNoneIsRefused() {
        assertThat(RawHttp.to(port).with("host", "evil.test").get("/").status()).isIn(400, 421);
        assertThat(RawHttp.to(port).without("Host").get("/").status()).isIn(400, 421);
        assertThat(RawHttp.to(port).get("http://evil.test/").status()).isIn(400, 421);
        assertThat(RawHttp.to(port)
                        .with("X-Forwarded-Host", "evil.test")
                        .session(session)
                        .get("/api/v1/runs")
                        .status())
                .as("ignored")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/v1/../v1/runs", "//api/v1/runs", "/%61pi/v1/runs", "/x/../api/v1/runs", "/api/./v1/runs"})
    void aDisguisedPathIsRefused(String path) {
        assertThat(RawHttp.to(port).get(path).status()).isIn(400, 401, 404);
        assertThat(RawHttp.to(port).get(path).body()).doesNotContain("\"runs\"");
    }

    @Test
    void answersCarryTheHeadersThatProtectAPage() {
        var answer = RawHttp.to(port).session(session).get("/api/v1/runs");

        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'self'", "script-src 'self'", "object-src 'none'", "frame-ancestors 'none'");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    }

    @Test
    void theSessionCookieIsOutOfReachForScriptsAndOtherSites() {
        var cookie = login(LoggedIn.token()).header("Set-Cookie");

        assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict").contains("Path=/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.test", "null", "http://127.0.0.1.evil.test:PORT", "http://127.0.0.1:1",
                "HTTP://127.0.0.1:PORT", "http://LOCALHOST:PORT", "http://localhost.:PORT", "https://127.0.0.1:PORT",
                "http://127.0.0.1", "http://127.0.0.1:PORT.", "http://127.0.0.1:PORT@evil.test"
            })
    void aWebSocketOfAForeignOriginIsRefused(String origin) {
        var own = origin.replace("PORT", Integer.toString(port));

        assertThat(upgrade(RawHttp.to(port).session(session).with("Origin", own))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aWebSocketNeedsASessionAnOriginAndOurHost() {
        var own = "http://127.0.0.1:" + port;
        assertThat(upgrade(RawHttp.to(port)).status()).isEqualTo(401);
        assertThat(upgrade(RawHttp.to(port).with("Origin", own)).status()).isEqualTo(401);
        assertThat(upgrade(RawHttp.to(port).with("Origin", own).session("wrong"))
                        .status())
                .isEqualTo(401);
        assertThat(upgrade(RawHttp.to(port).session(session)).status()).isEqualTo(403);
        assertThat(upgrade(RawHttp.to(port).session(session).with("Origin", own).with("Host", "evil.test"))
                        .status())
                .isEqualTo(421);
        assertThat(upgrade(RawHttp.to(port).session(session).with("Origin", own))
                        .status())
                .isEqualTo(101);
    }

    private static Answer upgrade(RawHttp request) {
        return request.with("Connection", "Upgrade")
                .with("Upgrade", "websocket")
                .with("Sec-WebSocket-Version", "13")
                .with("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==")
                .with("Sec-WebSocket-Protocol", "stapscope.v1")
                .get("/api/v1/runs/" + UUID.randomUUID() + "/stream");
    }

    private Answer login(String token) {
        return RawHttp.to(port).json().post(LOGIN, "{\"token\":\"" + token + "\"}");
    }

    /** Login is where a session comes from: that it needs none is not asked of it. */
    private List<Answer> everyRoute(Function<RawHttp, RawHttp> attack, int expected) {
        return ask(
                routes.stream()
                        .filter(route -> expected != 401 || !route.isLogin())
                        .toList(),
                attack,
                expected);
    }

    private void everyWrite(Function<RawHttp, RawHttp> attack, int expected) {
        var writes = routes.stream().filter(Route::isWrite).toList();
        assertThat(writes).hasSizeGreaterThanOrEqualTo(5);
        ask(writes, attack, expected);
    }

    private List<Answer> ask(List<Route> asked, Function<RawHttp, RawHttp> attack, int expected) {
        int before = tracer.attached().size();
        var answers = new ArrayList<Answer>();
        for (var route : asked) {
            var request = RawHttp.to(port);
            var answer = attack.apply(route.isWrite() ? request.json() : request)
                    .send(route.method(), route.path(), route.method().equals("POST") ? BODY : "");
            assertThat(answer.status()).as(route.toString()).isEqualTo(expected);
            answers.add(answer);
        }
        assertThat(tracer.attached()).as("nothing was started").hasSize(before);
        return answers;
    }
}
