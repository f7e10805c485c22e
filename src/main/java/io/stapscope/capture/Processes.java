package io.stapscope.capture;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The processes of this machine. */
public interface Processes {
    List<ProcessInfo> list();

    /** The short name (comm) of a process or thread as a byte string, null when it does not run. */
    @Nullable
    String name(int pid);

    /**
     * One process, in text fit to be shown.
     *
     * @param executable path, "" when it cannot be read
     * @param command line, "" for a kernel thread
     */
    record ProcessInfo(int pid, String name, String executable, String command) {}
}
