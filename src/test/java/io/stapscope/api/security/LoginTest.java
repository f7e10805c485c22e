package io.stapscope.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void aTokenIsPrintedOnceAndWorksOnce() {
        var tokens = new LoginTokens((Path) null);
        var token = tokens.takeForPrinting();

        assertThat(token).hasSizeGreaterThanOrEqualTo(43);
        assertThat(tokens.takeForPrinting()).isNull();
        assertThat(tokens.redeem("wrong")).isFalse();
        assertThat(tokens.redeem(token)).isTrue();
        assertThat(tokens.redeem(token)).isFalse();
    }

    @Test
    void theFileHoldsTheValidTokenForItsOwnerOnly(@TempDir Path state) throws IOException {
        var tokens = new LoginTokens(state);
        var file = state.resolve("login-token");
        var first = Files.readString(file).strip();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(tokens.redeem(first)).isTrue();
        var second = Files.readString(file).strip();
        assertThat(second).isNotEqualTo(first);
        assertThat(tokens.redeem(second)).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(state)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void fiveWrongTokensInTenSecondsHoldTheAddress() {
        var now = new AtomicLong();
        var throttle = new LoginThrottle(now::get);
        for (int i = 0; i < 5; i++) {
            assertThat(throttle.isHeld("127.0.0.1")).isFalse();
            throttle.failed("127.0.0.1");
        }
        assertThat(throttle.isHeld("127.0.0.1")).isTrue();
        assertThat(throttle.isHeld("127.0.0.2")).isFalse();

        now.set(11 * SECOND);

        assertThat(throttle.isHeld("127.0.0.1")).isFalse();
    }

    @Test
    void aSessionEndsAfterItsLifetime() {
        var now = new AtomicLong();
        var sessions = new Sessions(now::get);
        var session = sessions.open();

        assertThat(sessions.isOpen(session)).isTrue();
        assertThat(sessions.isOpen("guess")).isFalse();
        assertThat(sessions.isOpen(null)).isFalse();
        now.set(Sessions.LIFETIME.toNanos() + 1);
        assertThat(sessions.isOpen(session)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1:8080", "localhost:8080", "[::1]:8080", "trace.example:8080", "proxy.example:443"})
    void ourOwnNamesAreAllowed(String host) {
        assertThat(hosts().allows(host, 8080, false)).isTrue();
        assertThat(hosts().allowsOrigin("http://" + host, 8080, false)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.test",
                "evil.test:8080",
                "127.0.0.1.evil.test:8080",
                "127.0.0.1",
                "localhost",
                "127.0.0.1:8081",
                "LOCALHOST:8080",
                "localhost.:8080",
                "127.0.0.1:8080.",
                "127.1:8080",
                "2130706433:8080",
                "",
                ":8080",
                "127.0.0.1:8080@evil.test",
                "null",
                "proxy.example",
                "proxy.example:8080"
            })
    void everyOtherNameIsForeign(String host) {
        assertThat(hosts().allows(host, 8080, false)).isFalse();
        assertThat(hosts().allowsOrigin("http://" + host, 8080, false)).isFalse();
    }

    @Test
    void anOriginNeedsTheSchemeOfTheConnection() {
        assertThat(hosts().allowsOrigin("https://localhost:8080", 8080, false)).isFalse();
        assertThat(hosts().allowsOrigin("null", 8080, false)).isFalse();
        assertThat(hosts().allowsOrigin("https://localhost", 443, true)).isTrue();
        assertThat(hosts().allows(null, 8080, false)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1"})
    void loopbackNeedsNothingElse(String host) {
        var options = new HttpServerOptions().setHost(host);
        var check = new BindCheck(new AllowedHosts(Set.of()));

        assertThatCode(() -> check.customizeHttpServer(options)).doesNotThrowAnyException();
        assertThatCode(() -> check.customizeHttpsServer(options)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "10.0.0.7", "trace.example"})
    void otherMachinesReachItOnlyEncryptedAndByName(String host) {
        var options = new HttpServerOptions().setHost(host);
        var named = new BindCheck(hosts());
        var nameless = new BindCheck(new AllowedHosts(Set.of()));

        assertThatThrownBy(() -> named.customizeHttpServer(options))
                .hasMessageContaining("refusing to listen on " + host)
                .hasMessageContaining("127.0.0.1");
        assertThatThrownBy(() -> nameless.customizeHttpsServer(options)).hasMessageContaining("allowed-hosts");
        assertThatCode(() -> named.customizeHttpsServer(options)).doesNotThrowAnyException();
    }

    private static AllowedHosts hosts() {
        return new AllowedHosts(Set.of("trace.example", "proxy.example:443"));
    }
}
