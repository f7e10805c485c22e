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
 * @param budgetPercent of one CPU, above which it is stopped; 0 for no budget
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
        boolean persistent,
        double budgetPercent) {
    public StartRequest {
        arguments = List.copyOf(arguments);
    }

    /** Without a budget. */
    public StartRequest(
            String user,
            String script,
            String name,
            List<String> arguments,
            int pid,
            @Nullable String command,
            @Nullable Duration duration,
            Duration interval,
            boolean persistent) {
        this(user, script, name, arguments, pid, command, duration, interval, persistent, 0);
    }
}
