package io.stapscope.capture.backend;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the processes a server speaks of are those of this machine. A server elsewhere, or in a container with numbers
 * of its own, has pids that belong to others here. So the process that serves our own connection must be here, be called as
 * PostgreSQL's are and have begun when the server says; its parent is the postmaster, and only that one's children get names.
 */
final class LocalServer {
    /** Both clocks are this machine's, if the server is; a step of the time between the two readings is not expected. */
    private static final long MOST_MICROS_APART = 5_000_000;

    private final LocalProcesses processes;
    private final int postmaster;
    private final Map<Integer, Long> children = new HashMap<>();

    /** The processes of this machine as far as they matter here. */
    interface LocalProcesses {
        /** Null when there is none of this number. */
        @Nullable
        LocalProcess find(int pid);
    }

    /** @param startedMicros since 1970 */
    record LocalProcess(String name, int parent, long startedMicros) {}

    private LocalServer(LocalProcesses processes, int postmaster) {
        this.processes = processes;
        this.postmaster = postmaster;
    }

    /**
     * Of the process that serves our connection.
     *
     * @throws NotHereException with a sentence
     */
    static LocalServer of(LocalProcesses processes, int pid, long startedMicros) throws NotHereException {
        var found = processes.find(pid);
        if (found == null) {
            throw new NotHereException("its process " + pid + " is not one of this machine");
        }
        if (!found.name().contains("postgres") && !found.name().contains("postmaster")) {
            throw new NotHereException("its process " + pid + " is called something else on this machine");
        }
        if (Math.abs(found.startedMicros() - startedMicros) > MOST_MICROS_APART) {
            throw new NotHereException("its process " + pid + " began at another time than the one of this machine");
        }
        return new LocalServer(processes, found.parent());
    }

    int postmaster() {
        return postmaster;
    }

    /** Whether a process is one of the server's. Looked at once for each start the server tells. */
    boolean owns(int pid, long startedMicros) {
        if (Objects.equals(children.get(pid), startedMicros)) {
            return true;
        }
        var found = processes.find(pid);
        if (found == null || found.parent() != postmaster) {
            children.remove(pid);
            return false;
        }
        children.put(pid, startedMicros);
        return true;
    }

    /** Forgets the processes that are not among these. */
    void keepOnly(Map<Integer, Backend> seen) {
        children.keySet().retainAll(seen.keySet());
    }

    /** The server runs elsewhere, or where its pids are not ours. */
    static final class NotHereException extends Exception {
        private static final long serialVersionUID = 1;

        NotHereException(String message) {
            super(message);
        }
    }
}
