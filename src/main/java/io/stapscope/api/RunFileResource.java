package io.stapscope.api;

import io.smallrye.mutiny.Uni;
import io.stapscope.api.error.ApiException;
import io.stapscope.api.message.FlameMessage;
import io.stapscope.capture.Capture;
import io.stapscope.capture.CaptureService;
import io.stapscope.tracer.RunFile;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** What a run gives and takes: its files, {@code procfs("name")}, its input, its trees of calls. */
@Path("/api/v1/runs/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RunFileResource {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CaptureService captures;

    RunFileResource(CaptureService captures) {
        this.captures = captures;
    }

    /** @param content text; bytes that are no UTF-8 stand as {@code \xNN} when it is read */
    public record FileContent(@Nullable String content) {}

    public record FilesMessage(List<RunFile> files) {}

    @GET
    @Path("/files")
    @Operation(summary = "Files that probes procfs of a run make or take")
    public FilesMessage files(@PathParam("id") UUID id) {
        return new FilesMessage(find(id).files());
    }

    @GET
    @Path("/files/{name:.+}")
    @Operation(summary = "Content of a file, made by its probe")
    public Uni<FileContent> read(@PathParam("id") UUID id, @PathParam("name") String name) {
        return answer(find(id).read(name)).map(FileContent::new);
    }

    @PUT
    @Path("/files/{name:.+}")
    @ResponseStatus(204)
    @Operation(summary = "Give a file's probe what is written")
    public Uni<Void> write(@PathParam("id") UUID id, @PathParam("name") String name, @Nullable FileContent content) {
        return answer(find(id).write(name, text(content)));
    }

    @POST
    @Path("/input")
    @ResponseStatus(204)
    @Operation(summary = "Add to what the probes input of a run get")
    public void input(@PathParam("id") UUID id, @Nullable FileContent content) {
        find(id).input(text(content));
    }

    @GET
    @Path("/flame")
    @Operation(summary = "What a run has counted by stack so far, as a tree of calls")
    public FlameMessage flame(
            @PathParam("id") UUID id,
            @QueryParam("agg") @DefaultValue("0") int agg,
            @QueryParam("value") @DefaultValue("count") String value) {
        boolean sums = FlameTrees.isSum(value);
        var capture = find(id);
        FlameTrees.check(capture.view().aggregates(), agg);
        return FlameMessage.of(capture.flame(agg, sums));
    }

    private static String text(@Nullable FileContent content) {
        if (content == null || content.content() == null) {
            throw ApiException.badRequest("content", "a content is needed");
        }
        return content.content();
    }

    private static <T> Uni<T> answer(Uni<T> asked) {
        return asked.ifNoItem()
                .after(PATIENCE)
                .failWith(() ->
                        new ApiException(504, "no_answer", "the run did not answer", java.util.Map.of(), List.of()))
                .onFailure(IllegalStateException.class)
                .transform(e -> ApiException.notFound("no_such_file", String.valueOf(e.getMessage())));
    }

    private Capture find(UUID id) {
        var capture = captures.find(id);
        if (capture == null) {
            throw ApiException.notFound("no_such_run", "no run " + id + " is active; it may be among the captures");
        }
        return capture;
    }
}
