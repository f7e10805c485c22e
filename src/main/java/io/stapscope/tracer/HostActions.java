package io.stapscope.tracer;

import io.stapscope.kernel.inspect.ProcessIdentity;
import io.stapscope.kernel.syscall.KernelException;
import io.stapscope.kernel.syscall.ProcessDescriptor;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/** What a script does to the host: commands, signals, lines in the kernel's log. What fails becomes a warning. */
final class HostActions {
    private static final Path KERNEL_LOG = Path.of("/dev/kmsg");
    private static final long NANOS_PER_TICK = 10_000_000;
    private static final int LEAST_SEVERE = 7;

    private final boolean terminal;
    private final Consumer<String> warn;

    /** @param terminal whether commands share our terminal; otherwise their output is dropped */
    HostActions(boolean terminal, Consumer<String> warn) {
        this.terminal = terminal;
        this.warn = warn;
    }

    /** Starts a command and does not wait for it. */
    void system(String command) {
        var builder = new ProcessBuilder("/bin/sh", "-c", command)
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
        var output = terminal ? Redirect.INHERIT : Redirect.DISCARD;
        try {
            builder.redirectOutput(output).redirectError(output).start();
        } catch (IOException e) {
            warn.accept("system(\"" + command + "\"): " + e.getMessage());
        }
    }

    void kernelLog(long level, String message) {
        var line = "<" + Math.clamp(level, 0, LEAST_SEVERE) + ">" + message.replace('\n', ' ') + "\n";
        try {
            Files.write(KERNEL_LOG, line.getBytes(StandardCharsets.ISO_8859_1), StandardOpenOption.WRITE);
        } catch (IOException e) {
            warn.accept("printk: " + e.getMessage());
        }
    }

    /** Sends a signal to the process that had this id at a time of the monotonic clock; never to ourselves. */
    void signal(long number, long pid, long nanos) {
        if (pid <= 0 || pid == ProcessHandle.current().pid()) {
            warn.accept("raise(" + number + "): there is no process to signal");
            return;
        }
        try (var process = ProcessDescriptor.open((int) pid)) {
            var identity = ProcessIdentity.of((int) pid);
            if (identity == null || identity.startTicks() > (nanos + asleepNanos()) / NANOS_PER_TICK + 1) {
                warn.accept("raise(" + number + "): process " + pid + " has ended");
            } else {
                process.signal((int) number);
            }
        } catch (KernelException e) {
            warn.accept("raise(" + number + "): " + e.getMessage());
        }
    }

    /** The start of a process is counted with the time the machine slept, which the monotonic clock leaves out. */
    private static long asleepNanos() {
        try {
            var uptime = Files.readString(Path.of("/proc/uptime")).split(" ")[0];
            return (long) (Double.parseDouble(uptime) * 1e9) - System.nanoTime();
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }
}
