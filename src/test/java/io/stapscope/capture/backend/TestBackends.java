package io.stapscope.capture.backend;

import java.time.Duration;
import java.util.Optional;

/** Names of backends for tests of those who ask for them. */
public final class TestBackends {
    private TestBackends() {}

    /** As it is without a configured server. */
    public static Backends off() {
        return new Backends(settings(null, null, null), null, _ -> null);
    }

    static BackendSettings settings(String url, String user, String password) {
        return new BackendSettings() {
            @Override
            public Optional<String> url() {
                return Optional.ofNullable(url);
            }

            @Override
            public Optional<String> user() {
                return Optional.ofNullable(user);
            }

            @Override
            public Optional<String> password() {
                return Optional.ofNullable(password);
            }

            @Override
            public Duration interval() {
                return Duration.ofMillis(100);
            }
        };
    }
}
