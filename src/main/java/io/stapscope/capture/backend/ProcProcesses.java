package io.stapscope.capture.backend;

import io.stapscope.kernel.inspect.ProcessTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Processes as /proc shows them now. */
final class ProcProcesses implements LocalServer.LocalProcesses {
    /** USER_HZ, in which the kernel tells times: 100 on every architecture we know (include/asm-generic/param.h). */
    private static final long MICROS_A_TICK = 10_000;

    @Override
    public LocalServer.@Nullable LocalProcess find(int pid) {
        var entry = ProcessTable.readProcess(pid);
        if (entry == null) {
            return null;
        }
        return new LocalServer.LocalProcess(
                entry.name(), entry.parent(), bootMicros() + entry.startTicks() * MICROS_A_TICK);
    }

    /** When the machine began, by the wall clock of now. */
    private static long bootMicros() {
        try {
            var uptime = Files.readString(Path.of("/proc/uptime")).split(" ", 2)[0];
            return System.currentTimeMillis() * 1000 - (long) (Double.parseDouble(uptime) * 1_000_000);
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }
}
