package io.stapscope.api;

import io.stapscope.gallery.Gallery;
import io.stapscope.gallery.Tool;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The tools that come with the product. */
@Path("/api/v1/tools")
@Produces(MediaType.APPLICATION_JSON)
public class ToolsResource {
    @GET
    @Operation(summary = "Scripts to run as they are, by category")
    public ToolsMessage tools() {
        return new ToolsMessage(Gallery.tools());
    }

    /** Tools, in the order in which they are shown. */
    public record ToolsMessage(List<Tool> tools) {}
}
