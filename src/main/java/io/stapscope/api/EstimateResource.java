package io.stapscope.api;

import io.stapscope.api.error.ApiException;
import io.stapscope.api.message.DiagnosticMessage;
import io.stapscope.api.message.ScriptRequest;
import io.stapscope.capture.CaptureSettings;
import io.stapscope.capture.Estimate;
import io.stapscope.capture.Estimates;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Says how often a script would be hit, by counting for a fifth of a second. Blocks a worker thread that long. */
@Path("/api/v1/estimate")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class EstimateResource {
    private final Estimates estimates;
    private final CaptureSettings settings;

    EstimateResource(Estimates estimates, CaptureSettings settings) {
        this.estimates = estimates;
        this.settings = settings;
    }

    @POST
    @Operation(summary = "Attach the points of a script for 200 ms and count their hits; its bodies do not run")
    public EstimateMessage estimate(@Nullable ScriptRequest request) {
        var script = ScriptText.of(request == null ? null : request.script(), settings);
        var arguments = request == null || request.arguments() == null ? List.<String>of() : request.arguments();
        var target = request == null ? null : request.target();
        if (target != null && target.command() != null) {
            throw ApiException.badRequest("target", "a command is started by a run only: count without it");
        }
        int pid = target == null || target.pid() == null ? 0 : target.pid();
        return switch (estimates.of(script, arguments, pid)) {
            case Estimate.Counted counted -> EstimateMessage.of(counted);
            case Estimate.Rejected(var diagnostics) ->
                throw new ApiException(
                        422, "script_rejected", "the script has errors", Map.of(), DiagnosticMessage.all(diagnostics));
            case Estimate.Refused(var reason) ->
                throw new ApiException(422, "estimate_refused", reason, Map.of(), List.of());
        };
    }

    /**
     * What was counted.
     *
     * @param cpuPercent of one CPU, for handlers that only count
     */
    public record EstimateMessage(
            double millis, List<Point> points, double hitsPerSecond, long nanosPerHit, double cpuPercent) {
        /** A point with its rate. */
        public record Point(
                String text, int line, int places, int slowPlaces, boolean counted, long hits, double perSecond) {}

        static EstimateMessage of(Estimate.Counted counted) {
            double seconds = counted.nanos() / 1e9;
            var points = counted.points().stream()
                    .map(each -> new Point(
                            each.text(),
                            each.line(),
                            each.places(),
                            each.slowPlaces(),
                            each.counted(),
                            each.hits(),
                            seconds > 0 ? each.hits() / seconds : 0))
                    .toList();
            double rate = points.stream().mapToDouble(Point::perSecond).sum();
            return new EstimateMessage(
                    counted.nanos() / 1e6, points, rate, counted.nanosPerHit(), rate * counted.nanosPerHit() / 1e7);
        }
    }
}
