package io.stapscope.tracer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The target command of a run (-c). It is started stopped, so that its process id is known and every probe is in place
 * before its first instruction.
 */
final class TargetCommand implements AutoCloseable {
    /** What a shell would interpret; a command without it replaces the shell, so that the target is the command itself. */
    private static final String SHELL_CHARACTERS = "|&;<>(){}\n";

    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Process process;

    private TargetCommand(Process process) {
        this.process = process;
    }

    /**
     * Starts the command, stopped.
     *
     * @param terminal whether it shares our terminal; otherwise its input is empty and its output is dropped
     */
    static TargetCommand start(String command, boolean terminal) throws TraceException {
        boolean plain = command.chars().allMatch(c -> SHELL_CHARACTERS.indexOf(c) < 0);
        var builder = plain
                ? new ProcessBuilder("/bin/sh", "-c", "kill -STOP $$; exec " + command)
                : new ProcessBuilder("/bin/sh", "-c", "kill -STOP $$; exec /bin/sh -c \"$0\"", command);
        if (terminal) {
            builder.inheritIO();
        } else {
            builder.redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
        }
        try {
            var started = new TargetCommand(builder.start());
            started.awaitStopped(command);
            return started;
        } catch (IOException e) {
            throw new TraceException("cannot start `" + command + "`: " + e.getMessage(), null, "", e);
        }
    }

    int pid() {
        return Math.toIntExact(process.pid());
    }

    /** Lets it run. */
    void proceed() throws IOException {
        signal("CONT");
    }

    CompletableFuture<Process> ended() {
        return process.onExit();
    }

    /** Exit status, or 128 + the signal that ended it; -1 while it runs. */
    int status() {
        return process.isAlive() ? -1 : process.exitValue();
    }

    /** Ends it if it still runs: politely, then at once. */
    @Override
    public void close() {
        if (!process.isAlive()) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(1, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void awaitStopped(String command) throws IOException, TraceException {
        long deadline = System.nanoTime() + START_NANOS;
        while (System.nanoTime() < deadline) {
            if (!process.isAlive()) {
                throw new TraceException("`" + command + "` ended before it began", null, "", null);
            }
            var stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            if (stat.charAt(stat.lastIndexOf(')') + 2) == 'T') {
                return;
            }
            LockSupport.parkNanos(200_000);
        }
        close();
        throw new TraceException("`" + command + "` did not start within 5 s", null, "", null);
    }

    private void signal(String name) throws IOException {
        var killed = new ProcessBuilder("/bin/kill", "-" + name, String.valueOf(process.pid()))
                .redirectErrorStream(true)
                .start();
        try {
            killed.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
