package io.stapscope.api;

import io.stapscope.api.message.CursorRequest;
import io.stapscope.api.message.ScriptRequest;
import io.stapscope.capture.CaptureSettings;
import io.stapscope.capture.Scripts;
import io.stapscope.compiler.service.Definition;
import io.stapscope.compiler.service.Hover;
import io.stapscope.compiler.service.Suggestion;
import io.stapscope.compiler.service.Suggestions;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What an editor asks about a script that is being written. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class EditorResource {
    private final Scripts scripts;
    private final CaptureSettings settings;

    EditorResource(Scripts scripts, CaptureSettings settings) {
        this.scripts = scripts;
        this.settings = settings;
    }

    @POST
    @Path("/complete")
    @Operation(summary = "What could be written at a place of a script")
    public SuggestionsMessage complete(@Nullable CursorRequest request) {
        return SuggestionsMessage.of(scripts.editor().complete(script(request), offset(request)));
    }

    @POST
    @Path("/hover")
    @Operation(summary = "What is known of the word at a place of a script")
    public HoverMessage hover(@Nullable CursorRequest request) {
        return new HoverMessage(scripts.editor().hover(script(request), offset(request)));
    }

    @POST
    @Path("/definition")
    @Operation(summary = "Where the name at a place of a script is declared")
    public DefinitionMessage definition(@Nullable CursorRequest request) {
        return new DefinitionMessage(scripts.editor().definition(script(request), offset(request)));
    }

    @POST
    @Path("/format")
    @Operation(summary = "The script with the usual blanks and lines; a script with mistakes stays as it is")
    public FormatMessage format(@Nullable ScriptRequest request) {
        var script = ScriptText.of(request == null ? null : request.script(), settings);
        return new FormatMessage(scripts.editor().format(script));
    }

    private String script(@Nullable CursorRequest request) {
        return ScriptText.of(request == null ? null : request.script(), settings);
    }

    private static int offset(@Nullable CursorRequest request) {
        return request == null ? 0 : request.offset();
    }

    /** Suggestions; {@code complete} tells that further letters only narrow the list. */
    public record SuggestionsMessage(int from, boolean complete, List<Item> items) {
        public record Item(String label, String kind, String detail, String documentation, String apply) {}

        static SuggestionsMessage of(Suggestions suggestions) {
            return new SuggestionsMessage(
                    suggestions.from(),
                    suggestions.complete(),
                    suggestions.items().stream().map(SuggestionsMessage::item).toList());
        }

        private static Item item(Suggestion item) {
            return new Item(item.label(), item.kind().word(), item.detail(), item.documentation(), item.apply());
        }
    }

    /** A formatted script. */
    public record FormatMessage(String script) {}

    /** @param hover null when nothing is known */
    public record HoverMessage(@Nullable Hover hover) {}

    /** @param definition null when there is no declaration to go to */
    public record DefinitionMessage(@Nullable Definition definition) {}
}
