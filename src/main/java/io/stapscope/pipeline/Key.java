package io.stapscope.pipeline;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One part of a key, named for people.
 *
 * @param value a {@link Long}, or the text of a byte string; of a stack its addresses
 * @param label {@code read}, {@code 1234 postgres}; of a stack its functions, outermost first: {@code main;run;work}
 * @param note what it does now or did last, such as the query of a backend; null when nothing is known
 */
public record Key(
        KeyKind kind, Object value, String label, @Nullable String note) {
    public Key(KeyKind kind, Object value, String label) {
        this(kind, value, label, null);
    }

    Key withoutNote() {
        return note == null ? this : new Key(kind, value, label);
    }

    /** Names the parts of keys; called once for each new series. */
    @FunctionalInterface
    public interface Naming {
        /** @param value a {@link Long}, a byte string or a {@link io.stapscope.tracer.Window.Stack} */
        Key name(KeyKind kind, Object value);

        /** Processes, by the values of their keys, that have other words than when this was last asked. */
        default Set<Long> changed() {
            return Set.of();
        }

        /** A key of such a process with the words it has now. */
        default Key renamed(Key key) {
            return key;
        }
    }
}
