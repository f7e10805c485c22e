package io.stapscope.api;

import io.stapscope.api.error.ApiException;
import io.stapscope.api.message.DiagnosticMessage;
import io.stapscope.api.message.RunMessage;
import io.stapscope.api.message.RunRequest;
import io.stapscope.capture.Capture;
import io.stapscope.capture.CaptureService;
import io.stapscope.capture.StartOutcome;
import io.stapscope.capture.StartRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Captures that run. Starting one blocks a worker thread until everything is attached. */
@Path("/api/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RunResource {
    /** There is one kind of user so far: who holds a session. */
    static final String USER = "owner";

    private final CaptureService captures;

    RunResource(CaptureService captures) {
        this.captures = captures;
    }

    @POST
    @ResponseStatus(201)
    @Operation(summary = "Compile a script, attach it and start a capture")
    public RunMessage start(@Nullable RunRequest request) {
        if (request == null || request.script() == null) {
            throw ApiException.badRequest("script", "a script is needed");
        }
        return switch (captures.start(startRequest(request, request.script()))) {
            case StartOutcome.Started started -> RunMessage.of(started.capture().view());
            case StartOutcome.Rejected rejected ->
                throw new ApiException(
                        422,
                        "script_rejected",
                        "the script has errors",
                        Map.of(),
                        DiagnosticMessage.all(rejected.diagnostics()));
            case StartOutcome.Refused refused -> throw exception(refused);
        };
    }

    private static StartRequest startRequest(RunRequest request, String script) {
        var target = request.target();
        var seconds = request.durationSeconds();
        if (seconds != null && !(seconds > 0 && seconds < 1e9)) {
            throw ApiException.badRequest("durationSeconds", "a duration is a positive number of seconds");
        }
        if (request.name() != null && request.name().chars().anyMatch(Character::isISOControl)) {
            throw ApiException.badRequest("name", "a name is one line without control characters");
        }
        return new StartRequest(
                USER,
                script,
                request.name() == null ? "" : request.name(),
                request.arguments() == null ? List.of() : request.arguments(),
                target == null || target.pid() == null ? 0 : target.pid(),
                target == null ? null : target.command(),
                seconds == null ? null : Duration.ofMillis(Math.max(1, Math.round(seconds * 1000))),
                Duration.ofMillis(request.intervalMillis() == null ? 1000 : request.intervalMillis()),
                Boolean.TRUE.equals(request.persistent()),
                budget(request.budgetPercent()));
    }

    private static double budget(@Nullable Double percent) {
        if (percent != null && !(percent > 0 && percent < 1e6)) {
            throw ApiException.badRequest("budgetPercent", "a budget is a positive percentage of one CPU");
        }
        return percent == null ? 0 : percent;
    }

    private static ApiException exception(StartOutcome.Refused refused) {
        int status =
                switch (refused.reason()) {
                    case COMMAND_NOT_ALLOWED -> 403;
                    case BAD_REQUEST -> 400;
                    case NO_SUCH_PROCESS, KERNEL_REFUSED -> 422;
                    case TOO_MANY_CAPTURES -> 429;
                    case SCRIPT_TOO_LARGE -> 413;
                };
        var code = refused.reason().name().toLowerCase(java.util.Locale.ROOT);
        return new ApiException(status, code, refused.message(), refused.args(), List.of());
    }

    @GET
    @Operation(summary = "Captures that run, oldest first")
    public RunsMessage list() {
        return new RunsMessage(captures.running().stream()
                .map(capture -> RunMessage.of(capture.view()))
                .toList());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "A capture that runs or has just ended")
    public RunMessage get(@PathParam("id") UUID id) {
        return RunMessage.of(find(id).view());
    }

    @DELETE
    @Path("/{id}")
    @ResponseStatus(202)
    @Operation(summary = "Stop a capture; what it stored stays")
    public RunMessage stop(@PathParam("id") UUID id) {
        var capture = find(id);
        captures.stop(id, "stopped");
        return RunMessage.of(capture.view());
    }

    private Capture find(UUID id) {
        var capture = captures.find(id);
        if (capture == null) {
            throw ApiException.notFound("no_such_run", "no run " + id + " is active; it may be among the captures");
        }
        return capture;
    }

    /** All that run. */
    public record RunsMessage(List<RunMessage> runs) {}
}
