package io.stapscope.api.security;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.stapscope.api.error.ErrorBody;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every request before anything is routed: pages, static files, the API and WebSocket upgrades alike. A request
 * passes when its Host is ours, its Origin (if any) is ours, and, for the API, a session's cookie is with it (a scraper of
 * figures has a token of its own); one that
 * changes something must also be JSON, same-origin, and carry a header that no foreign page can send.
 */
@ApplicationScoped
public class Gate {
    static final String LOGIN = "/api/v1/login";
    private static final int BEFORE_EVERYTHING = 10_000;
    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    /** CodeMirror puts its styles into style elements, and its squiggles are data images; nothing else is inline. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'self'; script-src 'self'; "
            + "style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; object-src 'none'; "
            + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private final AllowedHosts hosts;
    private final Sessions sessions;
    private final ScrapeToken scrapes;

    Gate(AllowedHosts hosts, Sessions sessions, ScrapeToken scrapes) {
        this.hosts = hosts;
        this.sessions = sessions;
        this.scrapes = scrapes;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, BEFORE_EVERYTHING);
    }

    private void check(RoutingContext context) {
        var request = context.request();
        if (!isOurHost(request)) {
            context.response().setStatusCode(421).end();
            return;
        }
        context.response()
                .putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin");
        var refusal = refusal(context, request);
        if (refusal == null) {
            context.next();
            return;
        }
        context.response()
                .setStatusCode(refusal.status)
                .putHeader("Content-Type", "application/json")
                .end(ErrorBody.text(refusal.code, refusal.message));
    }

    /** One Host header with an allowed value, and a path as target: an absolute URI would carry a second host. */
    private boolean isOurHost(HttpServerRequest request) {
        var given = request.headers().getAll("Host");
        boolean one = given.size() == 1 || (given.isEmpty() && request.authority() != null);
        if (!one || !request.uri().startsWith("/")) {
            return false;
        }
        var host = given.isEmpty() ? request.authority().toString() : given.getFirst();
        return hosts.allows(host, port(request), request.isSSL());
    }

    private @Nullable Refusal refusal(RoutingContext context, HttpServerRequest request) {
        var path = context.normalizedPath();
        if (!path.equals(request.path())) {
            return new Refusal(400, "bad_path", "the path of the request is not in its plain form");
        }
        var origin = request.getHeader("Origin");
        if (origin != null && !hosts.allowsOrigin(origin, port(request), request.isSSL())) {
            return new Refusal(403, "foreign_origin", "requests of other pages are refused");
        }
        boolean read = READS.contains(request.method());
        if (!read) {
            var forged = refusalOfWrite(request);
            if (forged != null) {
                return forged;
            }
        }
        boolean login = path.equals(LOGIN) && !read;
        if (isProtected(path) && !login && !hasSession(request) && !scrapes.opens(request, path)) {
            return new Refusal(401, "not_logged_in", "log in with the link that `stapscope up` prints");
        }
        if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade")) && origin == null) {
            return new Refusal(403, "foreign_origin", "a WebSocket needs the Origin of this service's own pages");
        }
        return null;
    }

    private static @Nullable Refusal refusalOfWrite(HttpServerRequest request) {
        var site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !OWN_SITE.contains(site)) {
            return new Refusal(403, "foreign_origin", "requests of other pages are refused");
        }
        var type = request.getHeader("Content-Type");
        boolean hasBody = !request.method().equals(HttpMethod.DELETE);
        if (type == null ? hasBody : !isJson(type)) {
            return new Refusal(415, "not_json", "only Content-Type: application/json is accepted");
        }
        if (!"stapscope".equals(request.getHeader("X-Requested-By"))) {
            return new Refusal(403, "header_missing", "a change needs the header X-Requested-By: stapscope");
        }
        return null;
    }

    private static boolean isJson(String contentType) {
        int end = contentType.indexOf(';');
        var type = end < 0 ? contentType : contentType.substring(0, end);
        return type.strip().toLowerCase(Locale.ROOT).equals("application/json");
    }

    private static boolean isProtected(String path) {
        return path.equals("/api") || path.startsWith("/api/") || path.equals("/q") || path.startsWith("/q/");
    }

    private boolean hasSession(HttpServerRequest request) {
        var cookie = request.getCookie(Sessions.COOKIE);
        return cookie != null && sessions.isOpen(cookie.getValue());
    }

    private static int port(HttpServerRequest request) {
        return request.localAddress().port();
    }

    private record Refusal(int status, String code, String message) {}
}
