package io.stapscope.tracer;

import io.stapscope.compiler.ir.Plan;

/** Runs plans on this host. */
public interface Tracer {
    /**
     * Loads and attaches a plan. Returns when everything is attached and {@code begin} handlers have run; the run then
     * goes on by itself until it is stopped, calls exit(), times out or fails.
     *
     * @throws TraceException when it cannot run here; nothing is left attached
     */
    Run start(Plan plan, RunOptions options, RunListener listener) throws TraceException;
}
