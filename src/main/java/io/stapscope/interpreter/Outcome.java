package io.stapscope.interpreter;

import io.stapscope.compiler.source.Span;

/** How one run of a handler ended. */
public sealed interface Outcome {
    /** Whether the handler called exit(), however it ended. */
    boolean exitRequested();

    /** It ran to its end. */
    record Completed() implements Outcome {
        @Override
        public boolean exitRequested() {
            return false;
        }
    }

    /** It ran to its end and wants the run to stop. */
    record ExitRequested() implements Outcome {
        @Override
        public boolean exitRequested() {
            return true;
        }
    }

    /**
     * A soft error ended it.
     *
     * @param message what comes after {@code ERROR: }, a byte string with its place where SystemTap gives one
     */
    record Failed(String message, Span span, boolean exitRequested) implements Outcome {}
}
