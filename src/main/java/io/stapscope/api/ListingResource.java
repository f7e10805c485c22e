package io.stapscope.api;

import io.stapscope.api.error.ApiException;
import io.stapscope.api.message.DiagnosticMessage;
import io.stapscope.api.message.ScriptRequest;
import io.stapscope.capture.CaptureSettings;
import io.stapscope.capture.ScriptListing;
import io.stapscope.capture.Scripts;
import io.stapscope.codegen.Listing;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** The programs that a script becomes. */
@Path("/api/v1/listing")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ListingResource {
    private final Scripts scripts;
    private final CaptureSettings settings;

    ListingResource(Scripts scripts, CaptureSettings settings) {
        this.scripts = scripts;
        this.settings = settings;
    }

    @POST
    @Operation(summary = "The instructions of a script's programs, below the lines they come from")
    public Listing listing(@Nullable ScriptRequest request) {
        var script = ScriptText.of(request == null ? null : request.script(), settings);
        var arguments = request == null || request.arguments() == null ? List.<String>of() : request.arguments();
        var target = request == null ? null : request.target();
        int pid = target == null || target.pid() == null ? 0 : target.pid();
        return switch (scripts.listing(script, arguments, pid, target == null ? null : target.command())) {
            case ScriptListing.Compiled(var listing) -> listing;
            case ScriptListing.Rejected(var diagnostics) ->
                throw refusal("script_rejected", "the script has errors", DiagnosticMessage.all(diagnostics));
            case ScriptListing.Refused(var reason) -> throw refusal("kernel_refused", reason, List.of());
        };
    }

    private static ApiException refusal(String code, String message, List<DiagnosticMessage> diagnostics) {
        return new ApiException(422, code, message, Map.of(), diagnostics);
    }
}
