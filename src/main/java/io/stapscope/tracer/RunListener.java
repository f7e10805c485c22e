package io.stapscope.tracer;

/** Receives what a run produces; called from one thread of the run at a time, in order. Must not block for long. */
public interface RunListener {
    /** One line or fragment of output. */
    void output(Output output);

    /** One interval of counts. Windows are numbered from 0 without holes. */
    void window(Window window);

    /** Something to show as a marker: "target ended", "error near ...". */
    void event(RunEvent event);
}
