package io.stapscope.fuzz;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks after threads that do many small jobs. A job that takes far too long is told with its place, and its thread left
 * behind: another one goes on with the next job. Nothing waits for an endless loop.
 */
public final class Watchdog {
    private static final long LOOK_MILLIS = 100;
    /** Waiting takes no time of a processor; it may take so many times as long before it counts as endless. */
    private static final int WALL = 20;

    private static final int FRAMES = 6;

    private final Duration longest;
    private final BiConsumer<String, String> report;

    /**
     * @param longest time of a processor for one job
     * @param report gets the name of a job that takes longer, and where it is
     */
    public Watchdog(Duration longest, BiConsumer<String, String> report) {
        this.longest = longest;
        this.report = report;
    }

    /** What a thread does now. */
    private record Job(String name, long startCpu, long start) {}

    /** A thread that is looked after. */
    public static final class Worker {
        private volatile @Nullable Job job;
        private volatile boolean left;
        private @Nullable Thread thread;

        private Worker() {}

        public void begin(String name) {
            job = new Job(name, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime(), System.nanoTime());
        }

        public void end() {
            job = null;
        }

        /** Whether another thread goes on instead of this one, which should stop. */
        public boolean isLeft() {
            return left;
        }
    }

    /**
     * Returns when all threads have ended that were not left behind.
     *
     * @param loop does jobs until there are no more, and asks {@link Worker#isLeft} before it takes one; what it throws is
     *     thrown here
     */
    public void run(int threads, Consumer<Worker> loop) throws InterruptedException {
        var thrown = new ArrayList<Throwable>();
        var workers = new ArrayList<Worker>();
        for (int i = 0; i < threads; i++) {
            workers.add(start(loop, thrown));
        }
        while (!workers.isEmpty()) {
            for (var worker : List.copyOf(workers)) {
                var thread = worker.thread;
                if (thread == null || thread.join(Duration.ofMillis(LOOK_MILLIS))) {
                    workers.remove(worker);
                    continue;
                }
                var endless = endless(worker, thread);
                if (endless != null) {
                    var place = place(thread);
                    worker.left = true;
                    report.accept(endless.name(), place);
                    thread.interrupt();
                    workers.remove(worker);
                    workers.add(start(loop, thrown));
                }
            }
        }
        synchronized (thrown) {
            if (!thrown.isEmpty()) {
                throw new IllegalStateException("a thread has ended early", thrown.getFirst());
            }
        }
    }

    private static Worker start(Consumer<Worker> loop, List<Throwable> thrown) {
        var worker = new Worker();
        worker.thread = Thread.ofPlatform().daemon().start(() -> {
            try {
                loop.accept(worker);
            } catch (RuntimeException | Error e) {
                synchronized (thrown) {
                    thrown.add(e);
                }
            }
        });
        return worker;
    }

    private @Nullable Job endless(Worker worker, Thread thread) {
        var job = worker.job;
        if (job == null) {
            return null;
        }
        long cpu = ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId()) - job.startCpu();
        long wall = System.nanoTime() - job.start();
        boolean tooLong = cpu > longest.toNanos() || wall > longest.toNanos() * WALL;
        // It may have begun another job while we looked at the clocks.
        return tooLong && worker.job == job ? job : null;
    }

    private static String place(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .limit(FRAMES)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(" < "));
    }
}
