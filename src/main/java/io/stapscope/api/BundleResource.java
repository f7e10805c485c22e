package io.stapscope.api;

import io.smallrye.common.annotation.Blocking;
import io.stapscope.api.error.ApiException;
import io.stapscope.history.bundle.BundleException;
import io.stapscope.history.bundle.Bundles;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A capture as one file. It comes in in parts, as JSON like everything that changes something: no page of another site can
 * send it, and no request is large.
 */
@Path("/api/v1/captures")
@Blocking
public class BundleResource {
    private static final Logger LOG = Logger.getLogger(BundleResource.class);

    private final Bundles bundles;
    private final Uploads uploads;

    BundleResource(Bundles bundles, Uploads uploads) {
        this.bundles = bundles;
        this.uploads = uploads;
    }

    /**
     * A part of a bundle.
     *
     * @param upload null for the first part; afterwards what the answer said
     * @param data the part in base64
     * @param last whether it is the last one: the bundle is taken in then
     */
    public record ImportRequest(
            @Nullable UUID upload,
            @Nullable String data,
            @Nullable Boolean last) {}

    /**
     * What became of a part.
     *
     * @param received bytes so far
     * @param capture the id of the capture once the last part has come
     */
    public record ImportMessage(
            UUID upload, long received, @Nullable UUID capture) {}

    @GET
    @Path("/{id}/bundle")
    @Produces("application/zip")
    @Operation(summary = "A capture as a zip: manifest, script and all rows as CSV")
    public Response bundle(@PathParam("id") UUID id) {
        var capture = bundles.find(id);
        StreamingOutput body = out -> bundles.write(capture, out);
        return Response.ok(body)
                .header("Content-Disposition", "attachment; filename=\"" + id + ".stapscope.zip\"")
                .build();
    }

    @GET
    @Path("/{id}/page")
    @Produces(MediaType.TEXT_HTML)
    @Operation(summary = "A capture as one HTML file that shows itself without a service")
    public Response page(@PathParam("id") UUID id) throws IOException {
        var capture = bundles.find(id);
        StreamingOutput body;
        try {
            body = bundles.page(capture)::write;
        } catch (BundleException e) {
            throw new ApiException(413, "no_page", String.valueOf(e.getMessage()), Map.of("id", id), List.of());
        }
        return Response.ok(body)
                .header("Content-Disposition", "attachment; filename=\"" + id + ".stapscope.html\"")
                .build();
    }

    @POST
    @Path("/import")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Take in a bundle, part by part; the last part answers with the capture")
    public ImportMessage take(@Nullable ImportRequest request) throws IOException {
        if (request == null || request.data() == null) {
            throw ApiException.badRequest("data", "a part of the bundle is needed, in base64");
        }
        byte[] part;
        try {
            part = Base64.getDecoder().decode(request.data());
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("data", "the part is not base64");
        }
        var upload = uploads.append(request.upload(), part);
        if (!Boolean.TRUE.equals(request.last())) {
            return new ImportMessage(upload.id(), upload.received(), null);
        }
        try {
            return new ImportMessage(upload.id(), upload.received(), bundles.read(upload.file(), RunResource.USER));
        } catch (BundleException e) {
            LOG.infof("a bundle was not taken: %s", e.getMessage());
            throw new ApiException(
                    e.isPresent() ? 409 : 400,
                    e.isPresent() ? "capture_exists" : "bad_bundle",
                    String.valueOf(e.getMessage()),
                    Map.of(),
                    List.of());
        } finally {
            uploads.remove(upload.id());
        }
    }
}
