package io.stapscope.api;

import io.smallrye.mutiny.Uni;
import io.stapscope.api.error.ApiException;
import io.stapscope.history.Annotation;
import io.stapscope.history.Annotations;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Notes on captures. */
@Path("/api/v1/captures/{id}/annotations")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AnnotationResource {
    /** There is one user, who logged in with the token. */
    private static final String AUTHOR = "admin";

    private final Annotations annotations;

    AnnotationResource(Annotations annotations) {
        this.annotations = annotations;
    }

    /**
     * A note to make.
     *
     * @param agg null for the capture as a whole
     * @param from milliseconds since 1970
     * @param to the same for a moment; null = from
     * @param low the least value it is about; null for all
     */
    public record AnnotationRequest(
            @Nullable Integer agg,
            @Nullable Long from,
            @Nullable Long to,
            @Nullable Long low,
            @Nullable Long high,
            @Nullable String text) {}

    /** A note. Times are milliseconds since 1970. */
    public record AnnotationMessage(
            long id,
            @Nullable Integer agg,
            long from,
            long to,
            @Nullable Long low,
            @Nullable Long high,
            String author,
            String text,
            long createdAt) {
        static AnnotationMessage of(Annotation annotation) {
            return new AnnotationMessage(
                    annotation.id(),
                    annotation.agg(),
                    annotation.fromMillis(),
                    annotation.toMillis(),
                    annotation.low(),
                    annotation.high(),
                    annotation.author(),
                    annotation.text(),
                    annotation.createdAtMillis());
        }
    }

    public record AnnotationsMessage(List<AnnotationMessage> annotations) {}

    @GET
    @Operation(summary = "Notes on a capture in the order of time")
    public Uni<AnnotationsMessage> list(@PathParam("id") UUID id) {
        return annotations
                .of(id)
                .map(found -> new AnnotationsMessage(
                        found.stream().map(AnnotationMessage::of).toList()));
    }

    @POST
    @ResponseStatus(201)
    @Operation(summary = "Note something on a moment, a span or a part of a heat map")
    public Uni<AnnotationMessage> add(@PathParam("id") UUID id, @Nullable AnnotationRequest request) {
        if (request == null || request.from() == null) {
            throw ApiException.badRequest("from", "a note needs from: milliseconds since 1970");
        }
        Ranges.moment("from", request.from());
        Ranges.moment("to", request.to());
        long to = request.to() == null ? request.from() : request.to();
        try {
            return annotations
                    .add(new Annotation(
                            0,
                            id,
                            request.agg(),
                            request.from(),
                            to,
                            request.low(),
                            request.high(),
                            AUTHOR,
                            request.text() == null ? "" : request.text().strip(),
                            0))
                    .map(AnnotationMessage::of);
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("text", String.valueOf(e.getMessage()));
        }
    }

    @DELETE
    @Path("/{annotation}")
    @ResponseStatus(204)
    @Operation(summary = "Remove a note")
    public Uni<Void> remove(@PathParam("id") UUID id, @PathParam("annotation") long annotation) {
        return annotations
                .remove(id, annotation)
                .invoke(existed -> {
                    if (!existed) {
                        throw ApiException.notFound("no_such_annotation", "no note " + annotation + " on this capture");
                    }
                })
                .replaceWithVoid();
    }
}
