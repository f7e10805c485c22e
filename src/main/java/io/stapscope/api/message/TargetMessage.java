package io.stapscope.api.message;

import io.stapscope.history.TargetRecord;
import org.jspecify.annotations.Nullable;

/** A target process: one that runs, a command to start, or neither. */
public record TargetMessage(@Nullable Integer pid, @Nullable String command) {
    static TargetMessage of(TargetRecord target) {
        return new TargetMessage(target.pid(), target.command());
    }
}
