package io.stapscope.api.security;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Refuses to start where the service could be reached from outside without encryption. */
@ApplicationScoped
public class BindCheck {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1", "[::1]");

    private final String host;
    private final String insecureRequests;
    private final boolean certificate;
    private final AllowedHosts hosts;

    BindCheck(
            @ConfigProperty(name = "quarkus.http.host", defaultValue = "0.0.0.0") String host,
            @ConfigProperty(name = "quarkus.http.insecure-requests") Optional<String> insecureRequests,
            @ConfigProperty(name = "quarkus.http.ssl.certificate.files") Optional<String> certificate,
            @ConfigProperty(name = "quarkus.http.ssl.certificate.key-store-file") Optional<String> keyStore,
            @ConfigProperty(name = "quarkus.http.tls-configuration-name") Optional<String> tls,
            AllowedHosts hosts) {
        this.host = host;
        this.insecureRequests = insecureRequests.orElse("enabled");
        this.certificate = certificate.isPresent() || keyStore.isPresent() || tls.isPresent();
        this.hosts = hosts;
    }

    void atStart(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start) {
        var reason = reasonToRefuse(host, certificate, insecureRequests, hosts.hasConfigured());
        if (reason != null) {
            throw new IllegalStateException(reason);
        }
    }

    static @Nullable String reasonToRefuse(
            String host, boolean certificate, String insecureRequests, boolean namesConfigured) {
        if (LOOPBACK.contains(host)) {
            return null;
        }
        var wanted = "refusing to listen on " + host + ": whoever logs in can read what this machine's processes do. ";
        if (!certificate || insecureRequests.equals("enabled")) {
            return wanted + "Configure a TLS certificate (quarkus.http.ssl.certificate.files and .key-files) and set "
                    + "quarkus.http.insecure-requests=disabled, or listen on 127.0.0.1";
        }
        if (!namesConfigured) {
            return wanted + "Name the hosts it answers to in stapscope.allowed-hosts, or listen on 127.0.0.1";
        }
        return null;
    }
}
