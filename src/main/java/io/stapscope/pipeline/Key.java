package io.stapscope.pipeline;

/**
 * One part of a key, named for people.
 *
 * @param value a {@link Long}, or the text of a byte string; of a stack its addresses
 * @param label {@code read}, {@code 1234 postgres}; of a stack its functions, outermost first: {@code main;run;work}
 */
public record Key(KeyKind kind, Object value, String label) {
    /** Names the parts of keys; called once for each new series. */
    @FunctionalInterface
    public interface Naming {
        /** @param value a {@link Long}, a byte string or a {@link io.stapscope.tracer.Window.Stack} */
        Key name(KeyKind kind, Object value);
    }
}
