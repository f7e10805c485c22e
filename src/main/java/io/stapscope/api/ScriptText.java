package io.stapscope.api;

import io.stapscope.api.error.ApiException;
import io.stapscope.capture.CaptureSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The script of a request, refused when it is missing or too long. */
final class ScriptText {
    private ScriptText() {}

    static String of(@Nullable String script, CaptureSettings settings) {
        if (script == null) {
            throw ApiException.badRequest("script", "a script is needed");
        }
        int bytes = script.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > settings.maxScriptBytes()) {
            throw new ApiException(
                    413,
                    "script_too_large",
                    "the script has " + bytes + " bytes, allowed are " + settings.maxScriptBytes(),
                    Map.of("bytes", bytes, "limit", settings.maxScriptBytes()),
                    List.of());
        }
        return script;
    }
}
