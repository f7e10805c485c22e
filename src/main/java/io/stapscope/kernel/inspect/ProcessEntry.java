package io.stapscope.kernel.inspect;

import java.util.List;

/**
 * One process as /proc shows it.
 *
 * @param parent process id of the parent, 0 for the first process and kernel threads
 * @param name as byte string: {@code comm}, at most 15 bytes
 * @param uid real user
 * @param gid real group
 * @param executable which file it runs; {@link FileIdentity#NONE} for kernel threads, or when we may not know
 * @param lastCpu CPU it last ran on
 * @param startTicks start after boot, in clock ticks
 * @param threads all of them, the leader first when it still runs
 */
public record ProcessEntry(
        int pid,
        int parent,
        String name,
        int uid,
        int gid,
        FileIdentity executable,
        int lastCpu,
        long startTicks,
        List<ThreadEntry> threads) {
    public ProcessEntry {
        threads = List.copyOf(threads);
    }

    /** One thread; the leader's id is the process id. */
    public record ThreadEntry(int tid, String name, int lastCpu, long startTicks) {}

    public ProcessIdentity identity() {
        return new ProcessIdentity(pid, startTicks);
    }
}
