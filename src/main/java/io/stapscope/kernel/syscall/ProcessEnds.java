package io.stapscope.kernel.syscall;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which of some processes have ended. Nothing waits: somebody asks now and then. For one thread. */
public final class ProcessEnds implements AutoCloseable {
    private final Epoll epoll = new Epoll();
    private final Map<Integer, Watched> running = new HashMap<>();
    private final List<Integer> gone = new ArrayList<>();

    private record Watched(int pid, ProcessDescriptor process) {}

    /** The process of this id: when there is none any more, it is among those that ended. Of a mere thread nothing is told. */
    public void watch(int pid) {
        try {
            var process = ProcessDescriptor.open(pid);
            running.put(process.descriptor().number(), new Watched(pid, process));
            epoll.add(process.descriptor());
        } catch (KernelException e) {
            switch (e.errno()) {
                case Errno.ESRCH -> gone.add(pid);
                // So the kernel, by its version, answers for a thread that leads no process.
                case Errno.EINVAL, Errno.ENOENT -> {}
                default -> throw e;
            }
        }
    }

    /** Ids of those that have ended since the last call. */
    public List<Integer> take() {
        var ended = new ArrayList<>(gone);
        gone.clear();
        while (!running.isEmpty()) {
            var watched = running.remove(epoll.readable());
            if (watched == null) {
                break;
            }
            // The last descriptor of it: closed, it is no longer among those that epoll looks at.
            watched.process.close();
            ended.add(watched.pid);
        }
        return ended;
    }

    @Override
    public void close() {
        running.values().forEach(watched -> watched.process.close());
        epoll.close();
    }
}
