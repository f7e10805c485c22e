package io.stapscope.api.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The names this service answers to: loopback literals, localhost and configured names, with the port of the connection. A
 * page that points its own name at 127.0.0.1 is none of them. Compared exactly, as browsers write them.
 */
@ApplicationScoped
public class AllowedHosts {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private final Set<String> configured;

    @Inject
    AllowedHosts(@ConfigProperty(name = "stapscope.allowed-hosts") Optional<List<String>> names) {
        this(Set.copyOf(names.orElse(List.of())));
    }

    /** @param configured {@code name} (with the port of the connection) or {@code name:port} */
    AllowedHosts(Set<String> configured) {
        this.configured = configured;
    }

    boolean hasConfigured() {
        return !configured.isEmpty();
    }

    /** @param host the Host header */
    boolean allows(@Nullable String host, int port, boolean secure) {
        return host != null && forms(port, secure).contains(host);
    }

    /** @param origin the Origin header: scheme, host and port must all be ours */
    boolean allowsOrigin(String origin, int port, boolean secure) {
        var scheme = secure ? "https://" : "http://";
        return origin.startsWith(scheme) && forms(port, secure).contains(origin.substring(scheme.length()));
    }

    private Set<String> forms(int port, boolean secure) {
        var forms = new HashSet<String>();
        boolean usual = port == (secure ? 443 : 80);
        for (var names : List.of(LOOPBACK, configured)) {
            for (var name : names) {
                boolean hasPort = name.lastIndexOf(':') > name.lastIndexOf(']');
                if (hasPort || usual) {
                    forms.add(name);
                }
                if (!hasPort) {
                    forms.add(name + ":" + port);
                }
            }
        }
        return forms;
    }
}
