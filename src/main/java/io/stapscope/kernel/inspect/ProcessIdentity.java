package io.stapscope.kernel.inspect;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One process for ever: ids are used again, an id with its start time is not.
 *
 * @param startTicks start after boot, in clock ticks
 */
public record ProcessIdentity(int pid, long startTicks) {
    /** Of a process that runs now; null when there is none, or it is only a zombie. */
    public static @Nullable ProcessIdentity of(int pid) {
        if (pid <= 0) {
            return null;
        }
        var directory = ProcessTable.ROOT.resolve(Integer.toString(pid));
        var stat = TaskStat.read(directory.resolve("stat"));
        return stat == null || !isProcess(directory, pid) || isZombie(stat, directory)
                ? null
                : new ProcessIdentity(pid, stat.startTicks());
    }

    /** Whether this very process still runs. */
    public boolean isAlive() {
        return equals(of(pid));
    }

    /** /proc answers to ids of threads too, though it does not list them. */
    private static boolean isProcess(Path directory, int pid) {
        var status = ProcessStatus.read(directory);
        return status != null && status.process() == pid;
    }

    /** A leader that ended before its other threads looks like a zombie and is none. */
    private static boolean isZombie(TaskStat stat, Path directory) {
        return stat.isDead() && ProcessTable.threadIds(directory).size() <= 1;
    }
}
