package io.stapscope.api.security;

import io.smallrye.mutiny.Uni;
import io.stapscope.api.error.ErrorBody;
import io.stapscope.capture.CaptureSettings;
import io.stapscope.capture.Machine;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Logging in, and what a page needs to know first. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
public class SessionResource {
    private static final Logger LOG = Logger.getLogger(SessionResource.class);

    /** Makes guessing slow for who waits for each answer, and cheap for us. */
    private static final Duration DELAY = Duration.ofSeconds(1);

    private final LoginTokens tokens;
    private final LoginThrottle throttle;
    private final Sessions sessions;
    private final Machine machine;
    private final CaptureSettings settings;
    private final String version;

    SessionResource(
            LoginTokens tokens,
            LoginThrottle throttle,
            Sessions sessions,
            Machine machine,
            CaptureSettings settings,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.tokens = tokens;
        this.throttle = throttle;
        this.sessions = sessions;
        this.machine = machine;
        this.settings = settings;
        this.version = version;
    }

    @POST
    @Path("/login")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Exchange the one-time token for a session")
    @APIResponse(responseCode = "204", description = "logged in; the cookie holds the session")
    @APIResponse(responseCode = "401", description = "the token is wrong or was used")
    public Uni<Response> login(@Nullable LoginMessage login, @Context HttpServerRequest request) {
        var address = request.remoteAddress().hostAddress();
        if (throttle.isHeld(address)) {
            var held = refusal(429, "too_many_attempts", "too many wrong tokens; wait ten seconds");
            return Uni.createFrom().item(held).onItem().delayIt().by(DELAY);
        }
        if (login == null || login.token() == null || !tokens.redeem(login.token())) {
            throttle.failed(address);
            LOG.warnf("a login from %s with a wrong or used token was refused", address);
            return Uni.createFrom().item(refusal(401, "wrong_token", "this login link is wrong or was used already"));
        }
        var cookie = Sessions.COOKIE + "=" + sessions.open() + "; Path=/; Max-Age=" + Sessions.LIFETIME.toSeconds()
                + "; HttpOnly; SameSite=Strict" + (request.isSSL() ? "; Secure" : "");
        return Uni.createFrom()
                .item(Response.noContent().header("Set-Cookie", cookie).build());
    }

    @GET
    @Path("/session")
    @Operation(summary = "Who is asked, and what scripts may do here")
    public SessionMessage session() {
        var host = machine.record();
        var reason = machine.reasonNotToTrace();
        return new SessionMessage(
                true, version, host.name(), host.kernel(), settings.allowTargetCommand(), reason == null, reason);
    }

    private static Response refusal(int status, String code, String message) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(ErrorBody.of(code, message))
                .build();
    }

    /** The one-time token. */
    public record LoginMessage(@Nullable String token) {}

    /** @param reason why no script can run here, null when scripts can */
    public record SessionMessage(
            boolean authenticated,
            String version,
            String hostName,
            String kernel,
            boolean commandAllowed,
            boolean canTrace,
            @Nullable String reason) {}
}
