package io.stapscope.capture;

import io.stapscope.compiler.ir.Plan;
import io.stapscope.tracer.Accounts;
import io.stapscope.tracer.Losses;
import io.stapscope.tracer.Output;
import io.stapscope.tracer.ProbeAccount;
import io.stapscope.tracer.Run;
import io.stapscope.tracer.RunEvent;
import io.stapscope.tracer.RunFile;
import io.stapscope.tracer.RunListener;
import io.stapscope.tracer.RunOptions;
import io.stapscope.tracer.RunResult;
import io.stapscope.tracer.TraceException;
import io.stapscope.tracer.Tracer;
import io.stapscope.tracer.Window;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A tracer without a kernel: its windows are those a test asks for. */
@Alternative
@Priority(1)
@Singleton
public class FakeTracer implements Tracer {
    private static final long WALL_OFFSET = 1_700_000_000_000_000_000L;

    private final List<FakeRun> runs = new CopyOnWriteArrayList<>();

    @Override
    public Run start(Plan plan, RunOptions options, RunListener listener) throws TraceException {
        if (plan.script().text().contains("refused by the kernel")) {
            throw new TraceException("the kernel refused this probe", null, "R0 !read_ok", null);
        }
        var run = new FakeRun(plan, options, listener);
        runs.add(run);
        return run;
    }

    /** The run started last. */
    public FakeRun last() {
        return runs.getLast();
    }

    public List<FakeRun> attached() {
        return runs.stream().filter(run -> !run.result.isDone()).toList();
    }

    /** One run, driven by the test's thread. */
    public static final class FakeRun implements Run {
        public final RunOptions options;
        private final int global;
        private final RunListener listener;
        private final CompletableFuture<RunResult> result = new CompletableFuture<>();
        private final long origin = System.currentTimeMillis() * 1_000_000 - WALL_OFFSET;
        private long windows;
        private long hits;

        FakeRun(Plan plan, RunOptions options, RunListener listener) {
            this.options = options;
            this.listener = listener;
            this.global = plan.globals().stream()
                    .filter(each -> each.isStatistic())
                    .findFirst()
                    .orElseThrow()
                    .id();
        }

        /** One window in which pid 4711 reads {@code reads} times and pid 4712 writes twice as often. */
        public synchronized void tick(long reads) {
            tick(reads, List.of(4711L, 0L), List.of(4712L, 1L));
        }

        /** The same with two stacks, in the same order. */
        public synchronized void tickStacks(long reads, Window.Stack first, Window.Stack second) {
            tick(reads, List.of(first), List.of(second));
        }

        private void tick(long reads, List<Object> first, List<Object> second) {
            var opened = windows == 0
                    ? List.of(new Window.Series(0, global, first), new Window.Series(1, global, second))
                    : List.<Window.Series>of();
            long length = options.interval().toNanos();
            hits += 3 * reads;
            var window = new Window(
                    windows,
                    origin + windows * length,
                    origin + (windows + 1) * length,
                    WALL_OFFSET,
                    opened,
                    List.of(delta(0, reads), delta(1, 2 * reads)),
                    losses());
            windows++;
            listener.window(window);
        }

        @Override
        public List<RunFile> files() {
            return List.of(new RunFile("totals", true, false, 4096, 0444));
        }

        @Override
        public CompletableFuture<String> read(String file) {
            return CompletableFuture.completedFuture("hits " + hits + "\n");
        }

        @Override
        public CompletableFuture<Void> write(String file, String content) {
            return CompletableFuture.failedFuture(new IllegalStateException("no probe takes the file " + file));
        }

        @Override
        public void input(String bytes) {}

        private static Window.Delta delta(int series, long count) {
            return new Window.Delta(series, count, 100 * count, 100, 100, new int[] {36}, new long[] {count});
        }

        public synchronized void print(String text) {
            listener.output(new Output(Output.Stream.OUT, text));
        }

        private Losses losses() {
            return new Losses(
                    hits,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    2,
                    2048,
                    100,
                    new Accounts(hits, hits, hits, 0, 0, 0, 0),
                    List.of(new ProbeAccount(0, hits, 0, 100, false)));
        }

        @Override
        public synchronized void stop(String reason) {
            if (!result.isDone()) {
                listener.event(new RunEvent("stopped", origin, reason));
                result.complete(new RunResult(0, reason, -1, losses()));
            }
        }

        @Override
        public CompletableFuture<RunResult> result() {
            return result;
        }
    }
}
