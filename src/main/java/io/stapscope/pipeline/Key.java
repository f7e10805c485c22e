package io.stapscope.pipeline;

/**
 * One part of a key, named for people.
 *
 * @param value a {@link Long}, or the text of a byte string
 * @param label {@code read}, {@code 1234 postgres}
 */
public record Key(KeyKind kind, Object value, String label) {
    /** Names the parts of keys; called once for each new series. */
    @FunctionalInterface
    public interface Naming {
        /** @param value a {@link Long} or a byte string */
        Key name(KeyKind kind, Object value);
    }
}
