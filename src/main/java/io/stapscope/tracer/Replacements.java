package io.stapscope.tracer;

import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.host.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Probes the files that come in the place of probed ones, as the upgrade of a package puts them there: programs for the new
 * file count into the maps of the run, and those of the old file stay for the processes that still run it. For the thread of
 * the run.
 */
final class Replacements implements AutoCloseable {
    private final @Nullable LoadedPlan first;
    private final Host host;
    private final Function<LoadedPlan, EventReader> readers;
    private final RunListener listener;
    private final Teller teller;
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<Generation> generations = new ArrayList<>();

    /** Tells people what becomes of files. */
    @FunctionalInterface
    interface Teller {
        /** @param kind of an event */
        void tell(String kind, String text);
    }

    private record Answer(String path, @Nullable Plan plan) {}

    private record Generation(LoadedPlan loaded, EventReader reader) {}

    /** Runs the handlers of another plan of the script after their hits; all else is that of the run. */
    record Sink(Plan plan, EventReader.Sink run, Late late) implements EventReader.Sink {
        /** Runs a handler. */
        @FunctionalInterface
        interface Late {
            /** @param nanos CLOCK_MONOTONIC of the hit */
            void run(Handler handler, long nanos, Hits.Deferred hit);
        }

        @Override
        public void warning(String message) {
            run.warning(message);
        }

        @Override
        public void error(String message) {
            run.error(message);
        }

        @Override
        public void exit() {
            run.exit();
        }

        @Override
        public void deferred(int handler, long nanos, Hits.Deferred hit) {
            late.run(plan.handlers().get(handler), nanos, hit);
        }
    }

    /**
     * @param first the plan of the run, null when nothing of it is in the kernel
     * @param readers makes what reads the events of programs
     * @param listener is asked for plans
     */
    Replacements(
            @Nullable LoadedPlan first,
            Host host,
            Function<LoadedPlan, EventReader> readers,
            RunListener listener,
            Teller teller) {
        this.first = first;
        this.host = host;
        this.readers = readers;
        this.listener = listener;
        this.teller = teller;
    }

    /** Looks at the probed files, and takes in the plans that came for new ones. */
    void look(long now) {
        if (first == null) {
            return;
        }
        var finder = new CodeWatch.Finder() {
            @Override
            public void tell(String kind, String text) {
                teller.tell(kind, text);
            }

            @Override
            public void replaced(String path) {
                listener.replaced(path, plan -> answers.add(new Answer(path, plan)));
            }
        };
        first.code().watch().look(now, finder);
        generations.forEach(each -> each.loaded.code().watch().look(now, finder));
        for (var answer = answers.poll(); answer != null; answer = answers.poll()) {
            take(answer, first);
        }
    }

    private void take(Answer answer, LoadedPlan run) {
        if (answer.plan == null) {
            leaveOut(answer.path, "the script does not compile for it");
            return;
        }
        try {
            var loaded = LoadedPlan.replacement(answer.plan, host, run, answer.path);
            try {
                loaded.attach();
            } catch (TraceException | RuntimeException e) {
                loaded.close();
                throw e;
            }
            run.code().watch().supersede(answer.path);
            generations.forEach(each -> each.loaded.code().watch().supersede(answer.path));
            generations.add(new Generation(loaded, readers.apply(loaded)));
            int places = loaded.code().attached();
            teller.tell(
                    "target_probed",
                    answer.path + ": the new file is probed, too, at " + places + (places == 1 ? " place" : " places"));
            var leftOut = loaded.code().leftOut();
            if (!leftOut.isEmpty()) {
                teller.tell("left_out", AttachReport.brief(leftOut));
            }
        } catch (TraceException e) {
            leaveOut(answer.path, String.valueOf(e.getMessage()));
        }
    }

    private void leaveOut(String path, String reason) {
        teller.tell(
                "target_left_out",
                path + ": what runs the new file is not probed (" + reason + "); start the script again");
    }

    /** Reads events of the new programs; how many. */
    int drain(int most) {
        int count = 0;
        for (var each : generations) {
            var events = each.loaded.events();
            if (events != null) {
                count += events.drain(each.reader, most);
            }
        }
        return count;
    }

    void detach() {
        generations.forEach(each -> each.loaded.objects().detach());
    }

    @Override
    public void close() {
        generations.forEach(each -> each.loaded.close());
        generations.clear();
    }
}
