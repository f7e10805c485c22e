package io.stapscope.api;

import io.smallrye.common.annotation.Blocking;
import io.stapscope.api.error.ApiException;
import io.stapscope.api.message.RunMessage;
import io.stapscope.capture.Capture;
import io.stapscope.capture.Replays;
import io.stapscope.history.CaptureRecord;
import io.stapscope.history.bundle.BundledCapture;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Bundled recordings. One that plays is watched as a run is: the same stream, and the same message with a {@code replay}. */
@Path("/api/v1/replays")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ReplayResource {
    private final Replays replays;

    ReplayResource(Replays replays) {
        this.replays = replays;
    }

    /** All recordings, in the order in which they are shown. */
    public record ReplaysMessage(List<ReplayMessage> replays) {}

    /**
     * A recording.
     *
     * @param startedAt when it was recorded, milliseconds since 1970
     * @param kernel of the machine that it was recorded on
     */
    public record ReplayMessage(
            String name,
            String script,
            long startedAt,
            long lengthMillis,
            String kernel,
            List<CaptureRecord.Total> totals) {
        static ReplayMessage of(BundledCapture bundle) {
            return new ReplayMessage(
                    bundle.name(),
                    bundle.script(),
                    bundle.startedAtMillis(),
                    bundle.lengthMillis(),
                    bundle.host().kernel(),
                    bundle.totals());
        }
    }

    /**
     * How to play.
     *
     * @param speed 1 to 60 times as fast as it was recorded, 1 when it is null
     * @param fromMillis where to begin; what was before comes at once
     */
    public record PlayRequest(
            @Nullable Double speed, @Nullable Long fromMillis) {}

    /** What shall be otherwise; what is null stays as it is. */
    public record ChangeRequest(
            @Nullable Double speed, @Nullable Boolean paused) {}

    @GET
    @Operation(summary = "The bundled recordings")
    public ReplaysMessage list() {
        return new ReplaysMessage(
                replays.bundles().stream().map(ReplayMessage::of).toList());
    }

    @POST
    @Path("/{name}")
    @ResponseStatus(201)
    @Operation(summary = "Play a recording; its stream is that of a run with the id of the answer")
    public RunMessage play(@PathParam("name") String name, @Nullable PlayRequest request) {
        double speed = request == null || request.speed() == null ? 1 : request.speed();
        long from = request == null || request.fromMillis() == null ? 0 : request.fromMillis();
        if (from < 0) {
            throw ApiException.badRequest("fromMillis", "a recording begins at 0");
        }
        try {
            return message(replays.start(name, speed, Duration.ofMillis(from)), "there is no recording '" + name + "'");
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("speed", String.valueOf(e.getMessage()));
        }
    }

    @POST
    @Path("/playing/{id}")
    @Operation(summary = "Change the speed of a recording that plays, or let it stand still")
    public RunMessage change(@PathParam("id") UUID id, @Nullable ChangeRequest request) {
        try {
            return message(
                    replays.set(
                            id, request == null ? null : request.speed(), request == null ? null : request.paused()),
                    "no recording plays as " + id);
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("speed", String.valueOf(e.getMessage()));
        }
    }

    private static RunMessage message(@Nullable Capture capture, String missing) {
        if (capture == null) {
            throw ApiException.notFound("no_such_replay", missing);
        }
        return RunMessage.of(capture.view());
    }
}
