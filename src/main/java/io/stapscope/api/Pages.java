package io.stapscope.api;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * The addresses of pages. There is one document, and the page in it reads its own address; so every path that is neither a
 * file nor of the API answers with that document. It is asked for anew each time, because it names the hashed files of the
 * version that runs; those may be kept for ever.
 */
@ApplicationScoped
public class Pages {
    /** After the gate, before everything that could answer "not found". */
    private static final int AFTER_GATE = 9_000;

    private static final String DOCUMENT = "/";

    void register(@Observes Filters filters) {
        filters.register(Pages::route, AFTER_GATE);
    }

    private static void route(RoutingContext context) {
        var method = context.request().method();
        var path = context.normalizedPath();
        if ((!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) || !isPage(path)) {
            context.next();
        } else if (path.equals(DOCUMENT)) {
            context.addHeadersEndHandler(_ -> context.response().putHeader("Cache-Control", "no-cache"));
            context.next();
        } else {
            context.reroute(DOCUMENT);
        }
    }

    /** A page's last part has no dot; a file's has. */
    static boolean isPage(String path) {
        return !isBelow(path, "/api") && !isBelow(path, "/q") && path.indexOf('.', path.lastIndexOf('/')) < 0;
    }

    private static boolean isBelow(String path, String root) {
        return path.equals(root) || path.startsWith(root + "/");
    }
}
