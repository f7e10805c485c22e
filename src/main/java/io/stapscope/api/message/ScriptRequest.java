package io.stapscope.api.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A script to check. */
public record ScriptRequest(
        @Nullable String script,
        @Nullable List<String> arguments,
        @Nullable TargetMessage target) {}
