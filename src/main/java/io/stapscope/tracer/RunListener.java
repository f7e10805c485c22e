package io.stapscope.tracer;

import io.stapscope.compiler.ir.Plan;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Receives what a run produces; called from one thread of the run at a time, in order. Must not block for long. */
public interface RunListener {
    /** One line or fragment of output. */
    void output(Output output);

    /** One interval of counts. Windows are numbered from 0 without holes. */
    void window(Window window);

    /** Something to show as a marker: "target ended", "error near ...". */
    void event(RunEvent event);

    /**
     * Another file has come in the place of one that is probed. Who wants that one probed, too, answers with the plan of the same
     * script as it compiles now, or with null when it does not compile for it; from any thread.
     */
    default void replaced(String path, Consumer<@Nullable Plan> answer) {}
}
