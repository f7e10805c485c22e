package io.stapscope.api.security;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;
import java.util.Set;

/** Refuses to open a socket that other machines could reach without encryption, or under a name nobody configured. */
@Singleton
final class BindCheck implements HttpServerOptionsCustomizer {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1", "[::1]");

    private final AllowedHosts hosts;

    BindCheck(AllowedHosts hosts) {
        this.hosts = hosts;
    }

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        if (!LOOPBACK.contains(options.getHost())) {
            throw new IllegalStateException(refusal(options)
                    + "Configure a TLS certificate and set quarkus.http.insecure-requests=disabled, "
                    + "or listen on 127.0.0.1");
        }
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        if (!LOOPBACK.contains(options.getHost()) && !hosts.hasConfigured()) {
            throw new IllegalStateException(refusal(options)
                    + "Name the hosts it answers to in stapscope.allowed-hosts, or listen on 127.0.0.1");
        }
    }

    private static String refusal(HttpServerOptions options) {
        return "refusing to listen on " + options.getHost()
                + ": whoever logs in can read what this machine's processes do. ";
    }
}
