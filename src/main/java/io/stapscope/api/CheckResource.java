package io.stapscope.api;

import io.stapscope.api.message.DiagnosticMessage;
import io.stapscope.api.message.ScriptRequest;
import io.stapscope.capture.CaptureSettings;
import io.stapscope.capture.ScriptCheck;
import io.stapscope.capture.Scripts;
import io.stapscope.history.AggregateRecord;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Says what a script would do here, without doing it. */
@Path("/api/v1/check")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class CheckResource {
    private final Scripts scripts;
    private final CaptureSettings settings;

    CheckResource(Scripts scripts, CaptureSettings settings) {
        this.scripts = scripts;
        this.settings = settings;
    }

    @POST
    @Operation(summary = "Compile a script and say what it would attach to")
    public CheckMessage check(@Nullable ScriptRequest request) {
        var script = ScriptText.of(request == null ? null : request.script(), settings);
        var arguments = request == null || request.arguments() == null ? List.<String>of() : request.arguments();
        var target = request == null ? null : request.target();
        int pid = target == null || target.pid() == null ? 0 : target.pid();
        return CheckMessage.of(scripts.check(script, arguments, pid, target == null ? null : target.command()));
    }

    /** What a check found. */
    public record CheckMessage(
            boolean ok,
            List<DiagnosticMessage> diagnostics,
            List<ScriptCheck.ResolvedProbe> probes,
            List<AggregateRecord> aggregates) {
        static CheckMessage of(ScriptCheck check) {
            return new CheckMessage(
                    check.ok(), DiagnosticMessage.all(check.diagnostics()), check.probes(), check.aggregates());
        }
    }
}
