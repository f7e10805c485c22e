package io.stapscope.history;

import org.jspecify.annotations.Nullable;

/** The target process of a capture: a process that ran, a command that was started, or neither. */
public record TargetRecord(@Nullable Integer pid, @Nullable String command) {
    public static final TargetRecord NONE = new TargetRecord(null, null);
}
