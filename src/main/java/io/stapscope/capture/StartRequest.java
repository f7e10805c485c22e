package io.stapscope.capture;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to run.
 *
 * @param user whose captures are counted together
 * @param name for people, "" to take one from the script
 * @param pid target process, 0 for none
 * @param command target command, null for none
 * @param duration ends after this time, null for the longest allowed
 * @param persistent goes on when nobody watches
 */
public record StartRequest(
        String user,
        String script,
        String name,
        List<String> arguments,
        int pid,
        @Nullable String command,
        @Nullable Duration duration,
        Duration interval,
        boolean persistent) {
    public StartRequest {
        arguments = List.copyOf(arguments);
    }
}
